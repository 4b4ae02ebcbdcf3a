import conversions from "webidl-conversions";

import { conversionError } from "./converter.ts";
import type { ConversionContext, Converter } from "./converter.ts";
import { isObject } from "./types.ts";

/** `boolean` */
export const boolean: Converter<boolean> = (value) => conversions.boolean(value);

/** `DOMString` */
export const domString: Converter<string> = (value, context) =>
  conversions.DOMString(value, optionsOf(context));

/** `double`: NaN and the infinities are a TypeError. */
export const double: Converter<number> = (value, context) =>
  conversions.double(value, optionsOf(context));

/** `unsigned long` */
export const unsignedLong: Converter<number> = (value, context) =>
  conversions["unsigned long"](value, optionsOf(context));

/** `[Clamp] unsigned long` */
export const clampedUnsignedLong: Converter<number> = (value, context) =>
  conversions["unsigned long"](value, { ...optionsOf(context), clamp: true });

/** `any` */
export const any: Converter<unknown> = (value) => value;

function optionsOf({ description, realm }: ConversionContext): {
  context: string;
  globals: {
    Number: NumberConstructor;
    String: StringConstructor;
    TypeError: TypeErrorConstructor;
  };
} {
  const { Number, String, TypeError } = realm;
  return { context: description, globals: { Number, String, TypeError } };
}

/** `object` */
export const object: Converter<object> = (value, context) => {
  if (isObject(value)) return value;
  throw conversionError(context, "is not an object");
};

/** `[EnforceRange] unsigned short` */
export const enforcedUnsignedShort: Converter<number> = (value, context) =>
  conversions["unsigned short"](value, { ...optionsOf(context), enforceRange: true });
