import type { PictureView } from "../../media/encoding.ts";
import type { SoundProcessing } from "../../media/sound-processing.ts";
import { EncoderProxy } from "./encoder-proxy.ts";

/** The program's end of an encoder that is beside its device. */
export class DeviceEncoderProxy extends EncoderProxy {
  setView(view: PictureView): void {
    this.process.notify({ type: "setView", encoder: this.encoder, view });
  }

  setProcessing(processing: SoundProcessing | undefined): void {
    const { encoder } = this;
    this.process.notify({ type: "setProcessing", encoder, ...(processing && { processing }) });
  }
}
