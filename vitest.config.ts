import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // A hang is what this ends, on a loaded machine too; no test measures time by it.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // Real servers, browsers and virtual machines on a shared machine: in CI a test has a second
    // try, and `npm test` names those that needed it.
    retry: process.env["CI"] === undefined ? 0 : 1,
    // No test asks the person who runs it, unless it says so itself.
    env: { USERMEDIA_PROMPT: "none" },
    globalSetup: ["./test/support/build.ts"],
  },
});
