/**
 * Calls `begin` once, as soon as `target` has a listener for events of one of the `types`, also by its event
 * handler attribute: what an event needs (a watch, a timer) then runs for nobody else.
 */
export function whenListenedTo(
  target: EventTarget,
  types: readonly string[],
  begin: () => void,
): void {
  const addEventListener: EventTarget["addEventListener"] = (...values) => {
    inheritedMethod(target).apply(target, values);
    if (!types.includes(String(values[0]))) return;
    Reflect.deleteProperty(target, "addEventListener");
    begin();
  };
  Object.defineProperty(target, "addEventListener", {
    value: addEventListener,
    configurable: true,
    writable: true,
  });
}

/** The method that the target inherits. */
function inheritedMethod(target: EventTarget): EventTarget["addEventListener"] {
  return (Object.getPrototypeOf(target) as EventTarget).addEventListener;
}
