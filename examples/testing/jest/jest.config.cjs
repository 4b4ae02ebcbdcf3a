module.exports = {
  testEnvironment: "node-usermedia/testing/jest-environment",
  transform: {},
};
