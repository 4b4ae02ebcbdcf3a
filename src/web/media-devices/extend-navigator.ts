import type { Interface } from "../../webidl/install-members.ts";
import { installMembers } from "../../webidl/install-members.ts";
import { navigatorBrand, navigatorInterface } from "./navigator.ts";
import type { NavigatorSlots } from "./navigator.ts";

/** Which members a navigator gets. */
export interface ExtendNavigatorOptions {
  /** Whether `webkitGetUserMedia` and `mozGetUserMedia` are there, too. Default true. */
  readonly prefixedNames?: boolean;
}

const withoutPrefixedNames = leaveOut(navigatorInterface, [
  "webkitGetUserMedia",
  "mozGetUserMedia",
]);

/**
 * Gives a navigator that is there already (a window's, Node 21's) the members of ours, as a partial
 * interface does. They work on that navigator alone.
 */
export function extendNavigator(
  navigator: object,
  slots: NavigatorSlots,
  { prefixedNames = true }: ExtendNavigatorOptions = {},
): void {
  navigatorBrand.attach(navigator, slots);
  const members = prefixedNames ? navigatorInterface : withoutPrefixedNames;
  installMembers(holderOfMembers(navigator), members, slots.realm);
}

/**
 * The object that a navigator's members are defined on: its interface's prototype, or the navigator
 * itself where its prototype is shared with other objects. Bun's navigator is a plain object, and so
 * is one that a test makes; its prototype is that of every object.
 */
export function holderOfMembers(navigator: object): object {
  const prototype: unknown = Object.getPrototypeOf(navigator);
  const isNavigators =
    typeof prototype === "object" && prototype !== null && isNavigatorPrototype(prototype);
  return isNavigators ? prototype : navigator;
}

/** True for the prototype object of an interface or class that is named `Navigator`. */
function isNavigatorPrototype(prototype: object): boolean {
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return typeof constructor === "function" && constructor.name === "Navigator";
}

function leaveOut(iface: Interface, names: readonly string[]): Interface {
  const members = Object.entries(iface.members).filter(([name]) => !names.includes(name));
  return { ...iface, members: Object.fromEntries(members) };
}
