/** The part of jsdom's objects that `isTrusted` is kept in. */
interface Implementation {
  isTrusted?: boolean;
  _dispatch?: (event: Implementation) => boolean;
}

/**
 * Dispatches an event of the user agent: trusted in jsdom, whose objects can be asked for it.
 *
 * Deviates: elsewhere (happy-dom, Node) `isTrusted` is false, since nothing can make it true.
 */
export function dispatchTrusted(target: EventTarget, event: Event): void {
  const targetParts = implementationOf(target);
  const eventParts = implementationOf(event);
  const dispatch = targetParts?.["_dispatch"];
  if (!targetParts || !eventParts || !dispatch) {
    target.dispatchEvent(event);
    return;
  }
  eventParts.isTrusted = true;
  dispatch.call(targetParts, eventParts);
}

function implementationOf(wrapper: object): Implementation | undefined {
  const symbol = Object.getOwnPropertySymbols(wrapper).find(
    ({ description }) => description === "impl",
  );
  return symbol && (Reflect.get(wrapper, symbol) as Implementation);
}
