import { fileURLToPath } from "node:url";
import { storybookTest } from "@storybook/addon-vitest/vitest-plugin";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const configDir = fileURLToPath(new URL(".storybook", import.meta.url));

export default defineConfig({
  plugins: [storybookTest({ configDir })],
  test: {
    setupFiles: ["node-usermedia/testing/vitest-browser"],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args: ["--no-sandbox"] } }),
      instances: [{ browser: "chromium" }],
    },
  },
});
