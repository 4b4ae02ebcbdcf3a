import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // No test asks the person who runs it, unless it says so itself.
    env: { USERMEDIA_PROMPT: "none" },
    globalSetup: ["./test/support/build.ts"],
  },
});
