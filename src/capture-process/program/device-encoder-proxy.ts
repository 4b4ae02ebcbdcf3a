import type { SoundProcessing } from "../../media/sound-processing.ts";
import { EncoderProxy } from "./encoder-proxy.ts";

/** The program's end of an encoder that is beside its device. */
export class DeviceEncoderProxy extends EncoderProxy {
  setProcessing(processing: SoundProcessing | undefined): void {
    const { encoder } = this;
    this.process.notify({ type: "setProcessing", encoder, ...(processing && { processing }) });
  }
}
