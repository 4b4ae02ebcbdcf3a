import type { CodecService, EncoderEvents, FrameEncoder } from "../../contract/encoder.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
import { chooseEncoder } from "../encoder-choice.ts";
import { isNativeInstalled, whyNativeIsMissing } from "../native-package.ts";
import type { FrameEncoders } from "./frame-encoders.ts";

/** Encoders for frames that are in the program, all in one capture process without a device. */
export class CaptureCodecService implements CodecService {
  #encoders: Promise<FrameEncoders> | undefined;

  isSupported(config: EncoderConfig): boolean {
    return isNativeInstalled() && chooseEncoder(config) !== undefined;
  }

  get missing(): string | undefined {
    return whyNativeIsMissing();
  }

  async openEncoder(config: EncoderConfig, events: EncoderEvents): Promise<FrameEncoder> {
    this.#encoders ??= load();
    return await (await this.#encoders).open(config, events);
  }

  /** Ends the process; encoders that are open fail. */
  async close(): Promise<void> {
    await (await this.#encoders)?.close();
  }
}

/** Imported when it is needed: a world that encodes nothing begins sooner. */
async function load(): Promise<FrameEncoders> {
  const { FrameEncoders } = await import("./frame-encoders.ts");
  return new FrameEncoders();
}
