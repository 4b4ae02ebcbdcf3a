/**
 * Makes the members of an interface refuse another object than one of its own, in the words of
 * browsers. Members that return a promise reject.
 *
 * @see https://webidl.spec.whatwg.org/#dfn-create-operation-function
 */
export function checkReceiver(
  { name, prototype }: { readonly name: string; readonly prototype: object },
  isOwn: (value: object) => boolean,
): void {
  for (const [key, member] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (key === "constructor") continue;
    const { get, value } = member as { get?: Member; value?: Member };
    const checked = get ?? value;
    if (typeof checked !== "function") continue;
    const guarded = guard(checked, `Failed to execute '${key}' on '${name}': Illegal invocation`);
    Object.defineProperty(prototype, key, {
      ...member,
      ...(get ? { get: guarded } : { value: guarded }),
    });
  }

  function guard(member: Member, message: string): Member {
    const isAsync = member.constructor.name === "AsyncFunction";
    const guarded: Member = function (this: unknown, ...args: unknown[]): unknown {
      if (typeof this === "object" && this !== null && isOwn(this)) {
        return Reflect.apply(member, this, args);
      }
      if (isAsync) return Promise.reject(new TypeError(message));
      throw new TypeError(message);
    };
    for (const property of ["name", "length"] as const) {
      Object.defineProperty(guarded, property, { value: member[property], configurable: true });
    }
    return guarded;
  }
}

type Member = (this: unknown, ...args: unknown[]) => unknown;
