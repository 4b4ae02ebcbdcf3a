import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // A hang is what this ends, on a loaded machine too; no test measures time by it.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // No test asks the person who runs it, unless it says so itself.
    env: { USERMEDIA_PROMPT: "none" },
    globalSetup: ["./test/support/build.ts"],
  },
});
