/** A recording's MIME type, taken apart. */
export interface ParsedMimeType {
  /** `type/subtype`, in lower case. */
  readonly essence: string;
  /** The members of the codecs parameter as they were written, without white space around them. */
  readonly codecs: readonly string[];
}

/**
 * Parses a MIME type with its codecs parameter; undefined when it isn't a valid MIME type string.
 *
 * An unquoted list (`codecs=vp8,opus`) is no token by RFC 2045, but every browser takes it and so
 * do we.
 *
 * @see https://mimesniff.spec.whatwg.org/#parse-a-mime-type
 */
export function parseMimeType(type: string): ParsedMimeType | undefined {
  const { MIMEType } = process.getBuiltinModule("node:util");
  let parsed: InstanceType<typeof MIMEType>;
  try {
    parsed = new MIMEType(type);
  } catch {
    return undefined;
  }
  const codecs = parsed.params.get("codecs");
  return {
    essence: parsed.essence,
    codecs: codecs === null ? [] : codecs.split(",").map((codec) => codec.trim()),
  };
}
