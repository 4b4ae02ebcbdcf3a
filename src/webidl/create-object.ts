import type { Brand } from "./brand.ts";
import type { BindingRealm } from "./intrinsics.ts";

/**
 * Creates a platform object in a realm, without running the interface's constructor.
 *
 * @param inherited - what the built-in ancestor's constructor is called with, such as an event's type
 * @see https://webidl.spec.whatwg.org/#new
 */
export function createObject<Slots, Instance extends object>(
  realm: BindingRealm,
  brand: Brand<Slots, Instance>,
  slots: Slots,
  inherited: readonly unknown[] = [],
): Instance {
  const constructor = realm.constructors.get(brand) ?? brand.class;
  if (!constructor) throw new TypeError(`The interface ${brand.name} is not defined`);
  const allocator: NewableFunction = brand.allocatorIn(realm);
  const object = Reflect.construct(allocator, inherited, constructor) as object;
  brand.attach(object, slots);
  return object as Instance;
}
