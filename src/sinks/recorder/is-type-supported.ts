import { codecOf, kindOf } from "./codec.ts";
import type { Codec } from "./codec.ts";
import { containers } from "./containers.ts";
import type { Container } from "./containers.ts";
import { parseMimeType } from "./parse-mime-type.ts";

/** Says whether this machine has an encoder for a codec. */
export type CanEncode = (codec: Codec) => boolean;

/**
 * The "is type supported" algorithm.
 *
 * Deviates: the specification answers `deferNewerCodecsCheck` for a codec that isn't in its list;
 * we know at once, so `mp4a` is true and `vorbis` is false here, as in browsers.
 *
 * @see https://w3c.github.io/mediacapture-record/#abstract-opdef-is-type-supported
 */
export function isTypeSupported(type: string, canEncode: CanEncode): boolean {
  if (type === "") return true;
  const parsed = parseMimeType(type);
  if (parsed === undefined) return false;
  const container = containers.get(parsed.essence);
  if (container === undefined) return false;
  const codecs = parsed.codecs.map(codecOf);
  if (!codecs.every((codec) => codec !== undefined && contains(container, codec))) return false;
  if (hasTwoOfAKind(codecs.filter((codec) => codec !== undefined))) return false;
  return codecs.length === 0
    ? [...container.video, ...container.audio].some(canEncode)
    : codecs.every((codec) => codec !== undefined && canEncode(codec));
}

export function contains(container: Container, codec: Codec): boolean {
  return [...container.video, ...container.audio].some((other) => other === codec);
}

function hasTwoOfAKind(codecs: readonly Codec[]): boolean {
  const kinds = codecs.map(kindOf);
  return new Set(kinds).size < kinds.length;
}
