import { access, constants } from "node:fs/promises";
import { dirname } from "node:path";
import { OutputProcess } from "../capture-process/program/output-process.ts";
import { systemClock } from "../engine/clock/system-clock.ts";
import type { Track } from "../engine/contract.ts";
import { destinationOf } from "../sinks/publisher/destination.ts";
import { type MediaStreamLike } from "../web/stream/media-stream.ts";
import { mediaStreamBrand, watchTrackSet } from "../web/stream/media-stream-slots.ts";
import { mediaStreamTrackBrand } from "../web/track/media-stream-track-slots.ts";
import { nameOf } from "../webidl/types.ts";
import { Publication } from "./publication.ts";
import { checkPublishOptions, type PublishOptions } from "./publish-options.ts";

/**
 * Publishes a stream: its first live picture and its first live sound, as H.264 and AAC. They are
 * encoded beside their capture, as a recording is, and sent by a process of its own. The address
 * says how:
 *
 * - `rtmp://host/application/key`: RTMP, to streaming services and servers
 * - `srt://host:port?streamid=…&passphrase=…`: SRT, in MPEG-TS
 * - `folder/name.m3u8`: HLS, files that any web server serves
 *
 * ```ts
 * const publication = await publish(stream, "rtmp://localhost/live/camera", { reconnectAttempts: 5 });
 * publication.addEventListener("connectionstatechange", () => console.log(publication.connectionState));
 * await publication.finished;
 * ```
 *
 * The caller closes the publication and stops the tracks.
 *
 * @throws TypeError for what is no stream, address or option; DOMException `InvalidStateError` for
 *   a stream without a live track, `NotAllowedError` where the server refuses the key,
 *   `NetworkError` where it isn't reached; the signal's reason
 */
export async function publish(
  stream: MediaStreamLike,
  address: string | URL,
  options: PublishOptions = {},
): Promise<Publication> {
  if (!mediaStreamBrand.is(stream)) {
    throw new TypeError(`publish() takes a MediaStream; this is ${nameOf(stream)}.`);
  }
  const bitrates = checkPublishOptions(options);
  const { reconnectAttempts = 0, signal, token } = options;
  const destination = destinationOf(String(address), token);
  signal?.throwIfAborted();
  if (destination.format === "hls") await checkFolder(destination.url);
  const [first] = stream.getTracks();
  const slots = mediaStreamBrand.slotsOf(stream);
  const currentTracks = (): Track[] => publishedOf([...slots.tracks]);
  if (first === undefined || currentTracks().length === 0) {
    throw new DOMException("The stream has no live track to publish.", "InvalidStateError");
  }
  const publication = new Publication({
    clock: mediaStreamTrackBrand.slotsOf(first).realm.clock ?? systemClock,
    destination,
    openOutput: (...args) => OutputProcess.open(...args),
    bitrates,
    reconnectAttempts,
    currentTracks,
    watchTracks: (changed) => watchTrackSet(slots, changed),
  });
  await startUntilAborted(publication, signal);
  return publication;
}

async function startUntilAborted(
  publication: Publication,
  signal: AbortSignal | undefined,
): Promise<void> {
  const close = (): void => void publication.close();
  signal?.addEventListener("abort", close, { once: true });
  void publication.finished
    .catch(() => undefined)
    .finally(() => signal?.removeEventListener("abort", close));
  try {
    await publication.start();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
  signal?.throwIfAborted();
}

/** FFmpeg says nothing of segments that it can't write. */
async function checkFolder(file: string): Promise<void> {
  const folder = dirname(file);
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    throw new TypeError(`${folder} is no folder that can be written to: make it first.`);
}

/** The first live one of each kind. */
function publishedOf(tracks: readonly Parameters<typeof mediaStreamTrackBrand.slotsOf>[0][]) {
  const live = tracks
    .map((track) => mediaStreamTrackBrand.slotsOf(track))
    .filter(({ readyState, track }) => readyState === "live" && track.readyState === "live")
    .map(({ track }) => track);
  const first = (kind: "audio" | "video") => live.find((track) => track.kind === kind);
  return [first("video"), first("audio")].filter((track) => track !== undefined);
}
