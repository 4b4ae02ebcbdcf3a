import { CaptureCodecService } from "../../capture-process/program/codec-service.ts";
import type { CodecService, EncoderEvents, FrameEncoder } from "../../contract/encoder.ts";
import { DeviceError } from "../../contract/device-error.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
import { FakeEncoder } from "./fake-encoder.ts";

/** Which encoders recorders get: the machine's own (`node-av`), or none that is native. */
export type EncoderChoice = "native" | "fake";

/** The encoders of virtual devices, as a test chooses them. */
export class TestCodecs implements CodecService {
  choice: EncoderChoice;
  readonly #native = new CaptureCodecService();

  constructor(choice: EncoderChoice) {
    this.choice = choice;
  }

  isSupported(config: EncoderConfig): boolean {
    if (this.choice === "native") return this.#native.isSupported(config);
    return config.codec === "vp8" || config.codec === "opus";
  }

  async openEncoder(config: EncoderConfig, events: EncoderEvents): Promise<FrameEncoder> {
    if (this.choice === "native") return await this.#native.openEncoder(config, events);
    if (this.isSupported(config)) return new FakeEncoder(config, events);
    throw new DeviceError(
      "failed",
      `The fake encoder records WebM with VP8 and Opus, and no ${config.codec}: leave out mimeType, ` +
        'or set encoder to "native".',
    );
  }

  async close(): Promise<void> {
    await this.#native.close();
  }
}
