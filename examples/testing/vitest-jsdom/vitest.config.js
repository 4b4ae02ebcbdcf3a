import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: fileURLToPath(import.meta.resolve("node-usermedia/testing/vitest-environment")),
  },
});
