import type { AudioCodec, VideoCodec } from "./codec.ts";

export type ContainerName = "webm" | "matroska" | "mp4" | "ogg" | "wav";

/** A container and what may go into it, the preferred codec first. */
export interface Container {
  readonly name: ContainerName;
  readonly video: readonly VideoCodec[];
  readonly audio: readonly AudioCodec[];
  /** How many tracks it can hold. */
  readonly maximumTracks: number;
}

const webm: Container = {
  name: "webm",
  video: ["vp8", "vp9", "av1"],
  audio: ["opus"],
  maximumTracks: 64,
};
const matroska: Container = {
  name: "matroska",
  video: ["avc", "vp8", "vp9", "av1"],
  audio: ["opus", "aac", "pcm"],
  maximumTracks: 64,
};
const mp4: Container = {
  name: "mp4",
  video: ["avc", "vp9", "av1"],
  audio: ["aac", "opus"],
  maximumTracks: 64,
};
const ogg: Container = { name: "ogg", video: [], audio: ["opus"], maximumTracks: 1 };
const wav: Container = { name: "wav", video: [], audio: ["pcm"], maximumTracks: 1 };

const audioOnly = (container: Container): Container => ({ ...container, video: [] });

/** Containers by MIME type essence, in the order in which a recorder without a wish tries them. */
export const containers: ReadonlyMap<string, Container> = new Map([
  ["video/webm", webm],
  ["video/mp4", mp4],
  ["video/x-matroska", matroska],
  ["video/matroska", matroska],
  ["audio/webm", audioOnly(webm)],
  ["audio/mp4", audioOnly(mp4)],
  ["audio/ogg", ogg],
  ["audio/x-matroska", audioOnly(matroska)],
  ["audio/matroska", audioOnly(matroska)],
  ["audio/wav", wav],
  ["audio/wave", wav],
  ["audio/x-wav", wav],
]);
