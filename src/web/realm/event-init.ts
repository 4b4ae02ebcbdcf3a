import { dictionary } from "../../webidl/dictionary.ts";
import { boolean } from "../../webidl/primitives.ts";

/** `EventInit` */
export interface EventInitDictionary {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}

/** Converts to {@link EventInitDictionary}. */
export const eventInit = dictionary<EventInitDictionary>("EventInit", {
  bubbles: boolean,
  cancelable: boolean,
  composed: boolean,
});
