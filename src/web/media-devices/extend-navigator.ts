import { installMembers } from "../../webidl/install-members.ts";
import { navigatorBrand, navigatorInterface } from "./navigator.ts";
import type { NavigatorSlots } from "./navigator.ts";

/**
 * Gives a navigator that is there already (a window's, Node 21's) the members of ours, as a partial
 * interface does: they are defined on its prototype, and work on it alone.
 */
export function extendNavigator(navigator: object, slots: NavigatorSlots): void {
  navigatorBrand.attach(navigator, slots);
  installMembers(Object.getPrototypeOf(navigator) as object, navigatorInterface, slots.realm);
}
