import type { Backend } from "../contract/device.ts";
import type { CodecService } from "../contract/encoder.ts";
import { CaptureCodecService } from "../capture-process/program/codec-service.ts";
import { CaptureFileService } from "../capture-process/program/file-service.ts";
import type { Clock } from "../engine/contract.ts";
import { BackendCatalogue } from "../engine/catalogue/device-catalogue.ts";
import { BackendOutputs } from "../engine/catalogue/output-pool.ts";
import { DeviceSourcePool } from "../engine/source/source-pool.ts";
import { systemClock } from "../engine/clock/system-clock.ts";
import { fallbackCatalogue } from "../engine/catalogue/fallback-catalogue.ts";
import { askingPreview } from "./asking-preview.ts";
import { lazyPreview } from "./lazy-preview.ts";
import type { PermissionBroker } from "../permission/contract.ts";
import type { PreviewProvider } from "../permission/prompts/page/preview-provider.ts";
import type { DeviceIds } from "../web/constraints/device-ids.ts";
import { createAudio, type Audio } from "../web/audio/audio.ts";
import type { Playback } from "../web/audio/playback.ts";
import { mediaDevicesBrand } from "../web/media-devices/media-devices-slots.ts";
import { createWorld } from "../web/create-world.ts";
import type { World } from "../web/create-world.ts";
import type { RealmOptions } from "../web/realm/realm.ts";
import type { Interface } from "../webidl/install-members.ts";

/** What a world of media capture is built from. */
export interface MediaCaptureOptions {
  /** Where devices come from, in the order in which they are listed. */
  readonly backends: readonly Backend[];
  /** Backends whose devices count only where `backends` have none of their kind. */
  readonly fallback?: readonly Backend[];
  readonly permission: PermissionBroker;
  /** What a `NotFoundError` adds to its message: how this program's user gets a device. */
  readonly notFoundAdvice?: string;
  /** Default: the machine's own time. */
  readonly clock?: Clock;
  /** Encoders for frames that are in the program. Default: a capture process, when one is needed. */
  readonly codecs?: CodecService;
  /** What differs from Node's own realm, such as a window's `EventTarget`. */
  readonly realm?: Partial<RealmOptions>;
  /**
   * Interfaces that only this realm has, such as a window's canvas tracks.
   * @internal
   */
  readonly interfaces?: readonly Interface[];
  /**
   * The ids by which scripts know devices. Default: hashes, of each origin its own.
   * @internal
   */
  readonly ids?: DeviceIds | undefined;
}

/** The spec objects over some devices, and what ends them. */
export interface MediaCapture extends Omit<World, "close"> {
  readonly permission: PermissionBroker;
  /** Encoders for frames that are in the program. */
  readonly codecs: CodecService;
  /**
   * Shows what devices give. Each is asked for, as in `getUserMedia()`.
   * @throws DOMException `NotAllowedError`, from the first picture or level
   */
  readonly preview: PreviewProvider;
  /** A `new Audio(src)` that plays on the outputs of these backends. */
  createAudio(src?: string): Audio;
  /**
   * Stops every track, and ends what this capture started. The backends, the broker and the codecs
   * that it was given stay open: another capture may use them, and who made them closes them.
   */
  close(): Promise<void>;
}

/**
 * Builds everything from its parts, with no globals: the `navigator` of one world, and the
 * interfaces of its realm.
 */
export function createMediaCapture(options: MediaCaptureOptions): MediaCapture {
  return composeCapture(options).capture;
}

/** A capture, and the preview for the page of its own prompt, which asks nobody. */
export function composeCapture(options: MediaCaptureOptions): {
  readonly capture: MediaCapture;
  readonly promptPreview: PreviewProvider;
  readonly playback: Playback;
} {
  checkOptions(options);
  const { clock = systemClock, fallback = [], interfaces = [], permission, realm = {} } = options;
  const backends = [...options.backends, ...fallback];
  const ownCodecs = new CaptureCodecService();
  const { codecs = ownCodecs } = options;
  const sources = new DeviceSourcePool(backends, { clock, codecs });
  const catalogue = fallbackCatalogue(
    new BackendCatalogue(backends, clock),
    new Set(fallback.map(({ name }) => name)),
  );
  const world = createWorld({
    ...(options.notFoundAdvice !== undefined && { notFoundAdvice: options.notFoundAdvice }),
    catalogue,
    sources,
    permission,
    realm: { clock, codecs: () => codecs, playback: () => playback, ...realm },
    interfaces,
    ids: options.ids,
  });
  const outputs = new BackendOutputs(backends, catalogue);
  const files = new CaptureFileService();
  const playback = { outputs, files, mediaDevices: mediaDevicesBrand.slotsOf(world.mediaDevices) };
  const promptPreview = lazyPreview({ catalogue, sources });
  const capture = {
    ...world,
    permission,
    codecs,
    preview: askingPreview({ preview: promptPreview, catalogue, permission }),
    createAudio: (src?: string) => createAudio(world.realm, src),
    async close() {
      world.close();
      await outputs.close();
      await files.close();
      await sources.close();
      await ownCodecs.close();
    },
  };
  return { capture, promptPreview, playback };
}

/** @throws TypeError for options that no capture can be made of */
function checkOptions(options: MediaCaptureOptions | undefined): void {
  const fault = faultOf(options ?? {});
  if (fault === undefined) return;
  throw new TypeError(
    `createMediaCapture() ${fault}. Write createMediaCapture({ ...defaultBackends(), ` +
      "permission: createPermissionBroker() })",
  );
}

function faultOf({ backends, permission }: Partial<MediaCaptureOptions>): string | undefined {
  if (backends === undefined) return "needs backends";
  if (!Array.isArray(backends)) return "takes a list of backends";
  const isBackend = ({ listDevices }: Partial<Backend>) => typeof listDevices === "function";
  if (!backends.every((backend) => isBackend((backend as Backend | undefined) ?? {}))) {
    return "takes backends; one of these is none";
  }
  return typeof permission?.query === "function" ? undefined : "needs a permission broker";
}
