import type { Intrinsics } from "./intrinsics.ts";

/** Where a value comes from, for the message of a failed conversion, and whose errors to throw. */
export interface ConversionContext {
  readonly realm: Intrinsics;
  /** `"Failed to execute 'addTrack' on 'MediaStream': parameter 1"` */
  readonly description: string;
  /** How the call is written: `"new MediaRecorder(stream)"`. */
  readonly example?: string | undefined;
}

/**
 * Converts a JavaScript value to an IDL type.
 * @throws TypeError of the context's realm
 * @see https://webidl.spec.whatwg.org/#js-type-mapping
 */
export type Converter<T> = (value: unknown, context: ConversionContext) => T;

/** The context of a part of a value: `within(context, "'width' member")`. */
export function within(context: ConversionContext, part: string): ConversionContext {
  return { realm: context.realm, description: `${context.description}, ${part}` };
}

/** The error of a failed conversion, of the realm of the function that was called. */
export function conversionError(context: ConversionContext, what: string): TypeError {
  return new context.realm.TypeError(`${context.description} ${what}.${advice(context)}`);
}

/** The end of a message about a call: how it is written. */
export function advice({ example }: ConversionContext): string {
  return example === undefined ? "" : ` Write ${example}`;
}
