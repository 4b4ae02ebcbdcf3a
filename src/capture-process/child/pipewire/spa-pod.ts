/**
 * SPA pods ("plain old data"): the typed values in which PipeWire's formats and parameters are
 * written. Little endian, as every machine is that this package's native parts are built for.
 *
 * @see https://docs.pipewire.org/page_spa_pod.html
 * @module
 */

const TYPE = {
  bool: 2,
  id: 3,
  int: 4,
  long: 5,
  float: 6,
  double: 7,
  string: 8,
  rectangle: 10,
  fraction: 11,
  array: 13,
  struct: 14,
  object: 15,
  fd: 18,
  choice: 19,
} as const;

const CHOICE = { none: 0, range: 1, enum: 3, flags: 4 } as const;

/** A value that is to be sent. */
export interface Pod {
  readonly type: number;
  readonly body: Buffer;
}

/** A choice among several values, as a peer offers it; the first one is its preference. */
export class PodChoice {
  readonly values: readonly PodValue[];

  constructor(values: readonly PodValue[]) {
    this.values = values;
  }
}

/** An object's properties by their numbers. */
export type PodProperties = ReadonlyMap<number, PodValue>;

/**
 * A value that was received. Rectangles and fractions are two numbers, structs and arrays are lists;
 * `undefined` is of a type that nothing here reads.
 */
export type PodValue =
  | boolean
  | number
  | bigint
  | string
  | PodChoice
  | PodProperties
  | readonly PodValue[]
  | undefined;

export const id = (value: number): Pod => ({ type: TYPE.id, body: words(value) });
export const int = (value: number): Pod => ({ type: TYPE.int, body: words(value) });
export const rectangle = (width: number, height: number): Pod => ({
  type: TYPE.rectangle,
  body: words(width, height),
});
export const fraction = (numerator: number, denominator = 1): Pod => ({
  type: TYPE.fraction,
  body: words(numerator, denominator),
});
/** Anything from `min` to `max`, `preferred` best. */
export const range = (preferred: Pod, min: Pod, max: Pod): Pod =>
  choice(CHOICE.range, [preferred, min, max]);
/** One of these, the first best. */
export const oneOf = (preferred: Pod, ...others: readonly Pod[]): Pod =>
  choice(CHOICE.enum, [preferred, preferred, ...others]);
export const flags = (bits: number): Pod => choice(CHOICE.flags, [int(bits)]);

/** @param properties by their numbers, in the order in which they are to be sent */
export function object(
  type: number,
  parameter: number,
  properties: readonly (readonly [key: number, value: Pod])[],
): Pod {
  const parts = properties.flatMap(([key, value]) => [words(key, 0), encodePod(value)]);
  return { type: TYPE.object, body: Buffer.concat([words(type, parameter), ...parts]) };
}

/** A pod with its header, padded to eight bytes. */
export function encodePod({ body, type }: Pod): Buffer {
  const padding = Buffer.alloc((8 - (body.length % 8)) % 8);
  return Buffer.concat([words(body.length, type), body, padding]);
}

/** @throws RangeError where it says that it is longer than `bytes` */
export function decodePod(bytes: Buffer): PodValue {
  const size = bytes.readUInt32LE(0);
  if (size > bytes.length - 8) throw new RangeError("A pod is longer than its memory.");
  return decodeBody(bytes.readUInt32LE(4), bytes.subarray(8, 8 + size));
}

function choice(kind: number, values: readonly [Pod, ...Pod[]]): Pod {
  const [{ body, type }] = values;
  const bodies = values.map((value) => value.body);
  return {
    type: TYPE.choice,
    body: Buffer.concat([words(kind, 0, body.length, type), ...bodies]),
  };
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4);
  return bytes;
}

function decodeBody(type: number, body: Buffer): PodValue {
  switch (type) {
    case TYPE.bool:
      return body.readInt32LE(0) !== 0;
    case TYPE.id:
      return body.readUInt32LE(0);
    case TYPE.int:
      return body.readInt32LE(0);
    case TYPE.long:
    case TYPE.fd:
      return body.readBigInt64LE(0);
    case TYPE.float:
      return body.readFloatLE(0);
    case TYPE.double:
      return body.readDoubleLE(0);
    case TYPE.string:
      return body.toString("utf8", 0, Math.max(0, body.length - 1));
    case TYPE.rectangle:
    case TYPE.fraction:
      return [body.readUInt32LE(0), body.readUInt32LE(4)];
    case TYPE.struct:
      return decodeStruct(body);
    case TYPE.object:
      return decodeObject(body);
    case TYPE.array:
      return decodeItems(body, 0);
    case TYPE.choice:
      return decodeChoice(body);
    default:
      return undefined;
  }
}

function decodeStruct(body: Buffer): readonly PodValue[] {
  const values: PodValue[] = [];
  for (let at = 0; at + 8 <= body.length; at += paddedSize(body, at)) {
    values.push(decodePod(body.subarray(at)));
  }
  return values;
}

function decodeObject(body: Buffer): PodProperties {
  const properties = new Map<number, PodValue>();
  for (let at = 8; at + 16 <= body.length; at += 8 + paddedSize(body, at + 8)) {
    properties.set(body.readUInt32LE(at), decodePod(body.subarray(at + 8)));
  }
  return properties;
}

function decodeChoice(body: Buffer): PodValue {
  const values = decodeItems(body, 8);
  return body.readUInt32LE(0) === CHOICE.none ? values[0] : new PodChoice(values);
}

/** Values of one size and type, which stand before the first. */
function decodeItems(body: Buffer, headerAt: number): readonly PodValue[] {
  const size = body.readUInt32LE(headerAt);
  const type = body.readUInt32LE(headerAt + 4);
  const values: PodValue[] = [];
  if (size === 0) return values;
  for (let at = headerAt + 8; at + size <= body.length; at += size) {
    values.push(decodeBody(type, body.subarray(at, at + size)));
  }
  return values;
}

/** The length of the pod at `at` with its header and what it is padded with. */
function paddedSize(body: Buffer, at: number): number {
  return 8 + Math.ceil(body.readUInt32LE(at) / 8) * 8;
}
