/**
 * A permission broker as browsers run the tests with fake devices: a user who grants whatever is
 * asked for, unless testdriver says otherwise.
 *
 * @returns the broker, with `set` for testdriver
 */
export function createScriptedPermission() {
  const states = new Map();
  const listeners = new Set();
  const changed = () => [...listeners].forEach((listener) => listener());
  return {
    query: (name) => states.get(name) ?? "prompt",
    request({ kinds }) {
      const decisions = kinds.map(({ name }) => ({
        name,
        state: states.get(name) === "denied" ? "denied" : "granted",
      }));
      return Promise.resolve().then(() => {
        for (const { name, state } of decisions) {
          // A choice of what to share holds for the one call.
          if (name !== "display-capture") states.set(name, state);
        }
        changed();
        return decisions;
      });
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deviceIdSalt: () => "web-platform-tests",
    set(name, state) {
      states.set(name, state);
      changed();
    },
  };
}
