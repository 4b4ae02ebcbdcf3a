import type { Codec } from "../../sinks/recorder/codec.ts";
import { isVideoCodec } from "../../sinks/recorder/codec.ts";
import {
  audioEncoderConfiguration,
  videoEncoderConfiguration,
} from "../../sinks/recorder/encoder-configuration.ts";
import type { CanEncode } from "../../sinks/recorder/is-type-supported.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
import type { Realm } from "../realm/realm.ts";

/** Asks the realm's encoders. Where they aren't known, the error of `start()` says what is missing. */
export function canEncodeIn(realm: { readonly codecs?: Realm["codecs"] | undefined }): CanEncode {
  return (codec) => realm.codecs?.()?.isSupported(exampleOf(codec)) ?? true;
}

/** A configuration with this codec that any encoder of it takes. */
function exampleOf(codec: Codec): EncoderConfig {
  const wishes = { bitsPerSecond: 128_000, bitrateMode: "variable" } as const;
  return isVideoCodec(codec)
    ? videoEncoderConfiguration({ codec, codecString: codec }, {}, wishes)
    : audioEncoderConfiguration({ codec, codecString: codec }, {}, wishes);
}
