import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { CaptureCodecService } from "../../src/capture-process/program/codec-service.ts";
import type { MediaTrackSettings } from "../../src/constraints/types.ts";
import type { Track } from "../../src/engine/contract.ts";
import { BackendCatalogue } from "../../src/engine/catalogue/device-catalogue.ts";
import { DeviceSourcePool } from "../../src/engine/source/source-pool.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { createRealm } from "../../src/web/create-realm.ts";
import { createTrack } from "../../src/web/track/create-track.ts";
import { MediaStream } from "../../src/web/stream/media-stream.ts";

/** Synthetic devices with real encoders: what a recording needs, and no more. */
export class SyntheticWorld {
  readonly realm = createRealm();
  readonly codecs = new CaptureCodecService();
  readonly #backend = new SyntheticBackend({ clock: systemClock });
  readonly #catalogue = new BackendCatalogue([this.#backend], systemClock);
  readonly #sources = new DeviceSourcePool([this.#backend], {
    clock: systemClock,
    codecs: this.codecs,
  });

  async open(kind: "audioinput" | "videoinput", settings: MediaTrackSettings): Promise<Track> {
    const devices = await this.#catalogue.list();
    const device = devices.find(({ description }) => description.kind === kind);
    if (!device) throw new Error(`no ${kind}`);
    return await this.#sources.openTrack(device, settings);
  }

  /** One camera at 30 frames/s and one microphone. */
  async stream({ width = 1280, height = 720 } = {}): Promise<MediaStream> {
    const video = await this.open("videoinput", { width, height, frameRate: 30 });
    const audio = await this.open("audioinput", { sampleRate: 48_000, channelCount: 1 });
    return new MediaStream([video, audio].map((track) => createTrack(this.realm, track)));
  }

  async close(): Promise<void> {
    await this.#sources.close();
    await this.codecs.close();
  }
}
