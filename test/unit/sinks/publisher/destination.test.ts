import { expect, test } from "vitest";

import { destinationOf } from "../../../../src/sinks/publisher/destination.ts";

test.each([
  ["rtmp://host/live/secretkey", undefined, "flv", "rtmp://host/live/…"],
  ["rtmp://host/live", "secretkey", "flv", "rtmp://host/live/…"],
  [
    "rtmp://me:secretkey@host/live/other?sign=secretkey",
    undefined,
    "flv",
    "rtmp://…:…@host/live/…",
  ],
  ["srt://host:9000", "secretkey", "mpegts", "srt://host:9000?…"],
  ["srt://host:9000?passphrase=secretkey", undefined, "mpegts", "srt://host:9000?…"],
  ["folder/live.m3u8", undefined, "hls", "folder/live.m3u8"],
])("%s with the token %s is %s and shown as %s", (address, token, format, shown) => {
  const destination = destinationOf(address, token);
  expect(destination).toMatchObject({ format, shown });
  if (format !== "hls") expect(destination.url).toContain("secretkey");
});

test.each([
  ["rtmp://host/live", undefined],
  ["srt://host", undefined],
  ["file.mp4", undefined],
  ["live.m3u8", "secretkey"],
  ["rtmps://host/live/secretkey", undefined],
  ["gopher://host/secretkey", undefined],
  ["rtmp://host:port/secretkey", undefined],
])("%s with the token %s is a TypeError that doesn't say the key", (address, token) => {
  expect(() => destinationOf(address, token)).toThrow(TypeError);
  expect(() => destinationOf(address, token)).not.toThrow("secretkey");
});
