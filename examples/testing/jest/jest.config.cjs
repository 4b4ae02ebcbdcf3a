module.exports = {
  testEnvironment: "usermedia/testing/jest-environment",
  transform: {},
};
