export default {
  stories: ["../*.stories.jsx"],
  framework: "@storybook/react-vite",
  addons: ["@storybook/addon-vitest"],
  core: { disableTelemetry: true },
};
