// What a USB camera says of itself: "USB Device Class Definition for Video Devices", revision 1.0a.
import { u16, u32 } from "./bytes.mjs";

/**
 * What a camera can do.
 * @typedef {object} CameraModel
 * @property {string} maker
 * @property {string} product
 * @property {string} serial
 * @property {readonly { width: number, height: number }[]} sizes the first is the default
 * @property {readonly number[]} frameRates of every size; the first is the default
 */

/** The end point that pictures come from: number 1, towards the host. */
const STREAM_ENDPOINT = 0x81;
const VIDEO_CLASS = 0x0e;
const CLASS_SPECIFIC_INTERFACE = 0x24;
/** Of pid.codes, for tests. */
const VENDOR = 0x1209;
const PRODUCT = 0x0001;

/** The strings by their index in the descriptors; 0 is the list of languages. */
export function strings({ maker, product, serial }) {
  return [undefined, maker, product, serial];
}

/** @param {string} text */
export function stringDescriptor(text) {
  const bytes = Buffer.from(text, "utf16le");
  return [bytes.length + 2, 3, ...bytes];
}

export const LANGUAGES = [4, 3, ...u16(0x0409)];

export const DEVICE = [
  ...[18, 1, ...u16(0x0200), 0xef, 2, 1, 64],
  ...[...u16(VENDOR), ...u16(PRODUCT), ...u16(0x0100)],
  // Which strings name the maker, the product and the serial number; one configuration.
  ...[1, 2, 3, 1],
];

/** Units of 100 ns, in which the class counts. @param {number} frameRate */
export const interval = (frameRate) => Math.round(1e7 / frameRate);

/** The configuration: a control interface and a streaming one with a bulk end point. */
export function configuration(/** @type {CameraModel} */ model) {
  const association = [8, 11, 0, 2, VIDEO_CLASS, 3, 0, 0];
  const endpoint = [7, 5, STREAM_ENDPOINT, 2, ...u16(512), 0];
  const body = [...association, ...control(), ...streaming(model), ...endpoint];
  return [9, 2, ...u16(9 + body.length), 2, 1, 0, 0x80, 250, ...body];
}

/** A sensor (1) that feeds the USB stream (2). */
function control() {
  const sensor = [
    ...[18, CLASS_SPECIFIC_INTERFACE, 2, 1, ...u16(0x0201), 0, 0],
    ...[...u16(0), ...u16(0), ...u16(0), 3, 0, 0, 0],
  ];
  const output = [9, CLASS_SPECIFIC_INTERFACE, 3, 2, ...u16(0x0101), 0, 1, 0];
  const total = 13 + sensor.length + output.length;
  const clockHz = 48_000_000;
  const header = [
    ...[13, CLASS_SPECIFIC_INTERFACE, 1, ...u16(0x0100), ...u16(total), ...u32(clockHz)],
    ...[1, 1],
  ];
  return [9, 4, 0, 0, 0, VIDEO_CLASS, 1, 0, 0, ...header, ...sensor, ...output];
}

/** One format, Motion JPEG, in every size at every rate. */
function streaming({ sizes, frameRates }) {
  const format = [11, CLASS_SPECIFIC_INTERFACE, 6, 1, sizes.length, 1, 1, 0, 0, 0, 0];
  const frames = sizes.flatMap(({ width, height }, index) => [
    ...[26 + 4 * frameRates.length, CLASS_SPECIFIC_INTERFACE, 7, index + 1, 0],
    ...[...u16(width), ...u16(height)],
    ...[...u32(width * height * 16), ...u32(width * height * 16 * 30)],
    ...[...u32(width * height * 2), ...u32(interval(frameRates[0])), frameRates.length],
    ...frameRates.flatMap((frameRate) => u32(interval(frameRate))),
  ]);
  const colours = [6, CLASS_SPECIFIC_INTERFACE, 13, 1, 1, 4];
  const formats = [...format, ...frames, ...colours];
  const header = [
    ...[14, CLASS_SPECIFIC_INTERFACE, 1, 1, ...u16(14 + formats.length), STREAM_ENDPOINT],
    ...[0, 2, 0, 0, 0, 1, 0],
  ];
  return [9, 4, 1, 0, 1, VIDEO_CLASS, 2, 0, 0, ...header, ...formats];
}
