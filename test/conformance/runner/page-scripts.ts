/**
 * Served as /resources/testharnessreport.js: hands the results to the runner, through the function
 * `__usermediaReport` that it put in the window.
 */
export const harnessReport = `
{
  const names = ["PASS", "FAIL", "TIMEOUT", "NOTRUN", "PRECONDITION_FAILED"];
  const harness = ["OK", "ERROR", "TIMEOUT", "PRECONDITION_FAILED"];
  add_completion_callback((tests, status) => {
    self.__usermediaReport(JSON.stringify({
      harness: { status: harness[status.status], message: status.message },
      subtests: tests.map(({ name, status, message }) => ({ name, status: names[status], message })),
    }));
  });
  // Other work, and encoders in software, share the machine.
  setup({ output: false, timeout_multiplier: 3 });
}
`;

/**
 * Served as /resources/testdriver-vendor.js: permissions go to the runner's broker, clicks are
 * gestures of the user.
 */
export const testdriverVendor = `
{
  const host = (context) => (context ?? self).__usermediaDrive ?? self.__usermediaDrive;
  window.test_driver_internal.in_automation = true;
  window.test_driver_internal.set_permission = async ({ descriptor, state }, context) => {
    await host(context)("set_permission", JSON.stringify({ name: descriptor.name, state }));
  };
  // Not every page here has a layout in which an element could be in the way of another.
  window.test_driver.click = (element) => window.test_driver_internal.click(element);
  window.test_driver_internal.click = async (element) => {
    await host(element.ownerDocument.defaultView)("activate", "{}");
    element.click();
  };
}
`;
