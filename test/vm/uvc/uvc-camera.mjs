// A webcam in user space. The kernel's own uvcvideo driver binds to it, as to one of hardware.
import { u16, u32 } from "./bytes.mjs";
import {
  configuration,
  DEVICE,
  interval,
  LANGUAGES,
  stringDescriptor,
  strings,
} from "./descriptors.mjs";
import { UsbipPort } from "./usbip-port.mjs";

const GET_DESCRIPTOR = 6;
const REQUEST = { set: 1, current: 0x81, length: 0x85, info: 0x86 };
const CONTROL = { probe: 1 };
const MAX_PAYLOAD = 65_536;
const HEADER = { length: 2, endOfHeader: 0x80, endOfFrame: 2 };

/** Gives pictures that were made before, as Motion JPEG, one after another. */
export class UvcCamera {
  #model;
  #pictures;
  #port;
  /** What the host proposed last, and what it then set. */
  #probed;
  #committed;
  /** @type {import("./usbip-port.mjs").Transfer[]} that wait for a picture */
  #waiting = [];
  #timer;
  #frameId = 0;
  #count = 0;
  /** Of the picture that is being sent. */
  #rest = Buffer.alloc(0);

  /**
   * @param {import("./descriptors.mjs").CameraModel} model
   * @param {readonly (readonly Buffer[])[]} pictures JPEG files for each size of the model
   * @param {number} port of the controller
   */
  constructor(model, pictures, port) {
    this.#model = model;
    this.#pictures = pictures;
    this.#probed = { frame: 1, interval: interval(model.frameRates[0]) };
    this.#committed = this.#probed;
    this.#port = new UsbipPort(port, {
      onTransfer: (transfer) => this.#transfer(transfer),
      onUnlink: (sequence) => this.#unlink(sequence),
    });
  }

  async plug() {
    await this.#port.plug();
  }

  unplug() {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#port.unplug();
  }

  #transfer(transfer) {
    if (transfer.endpoint === 0) this.#control(transfer);
    else {
      this.#waiting.push(transfer);
      this.#send();
      this.#timer ??= setTimeout(() => this.#nextPicture());
    }
  }

  #unlink(sequence) {
    const at = this.#waiting.findIndex((transfer) => transfer.sequence === sequence);
    if (at >= 0) this.#waiting.splice(at, 1);
    if (this.#waiting.length === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#rest = Buffer.alloc(0);
    }
    return at >= 0;
  }

  #control(transfer) {
    const [type, request] = transfer.setup;
    const isOfClass = (type & 0x60) === 0x20;
    const answer = isOfClass
      ? this.#classRequest(request, transfer)
      : request === GET_DESCRIPTOR
        ? this.#descriptor(transfer.setup[3], transfer.setup[2])
        : // A status, among others: all is well, in as many bytes as are asked for.
          Buffer.alloc(transfer.length);
    if (answer === undefined) this.#port.stall(transfer);
    else this.#port.complete(transfer, answer);
  }

  #descriptor(type, index) {
    if (type === 1) return DEVICE;
    if (type === 2) return configuration(this.#model);
    if (type !== 3) return undefined;
    if (index === 0) return LANGUAGES;
    const text = strings(this.#model)[index];
    return text === undefined ? undefined : stringDescriptor(text);
  }

  /** The host and the camera agree on size and rate by proposals ("probe"), then set them. */
  #classRequest(request, { setup, data }) {
    const [selector, streamInterface] = [setup[3], setup[4]];
    if (streamInterface !== 1) return undefined;
    if (request === REQUEST.info) return [3];
    if (request === REQUEST.length) return u16(26);
    if (request === REQUEST.set) {
      const proposal = this.#nearest(data[3], data.readUInt32LE(4));
      if (selector === CONTROL.probe) this.#probed = proposal;
      else this.#committed = proposal;
      return [];
    }
    const state = selector === CONTROL.probe ? this.#probed : this.#committed;
    const { width, height } = this.#model.sizes[state.frame - 1];
    return [
      ...[...u16(1), 1, state.frame, ...u32(state.interval)],
      ...[...u16(0), ...u16(0), ...u16(0), ...u16(0), ...u16(0)],
      ...[...u32(width * height * 2), ...u32(MAX_PAYLOAD)],
    ];
  }

  #nearest(frame, wanted) {
    const intervals = this.#model.frameRates.map(interval);
    const distance = (candidate) => Math.abs(candidate - wanted);
    const [best] = intervals.toSorted((one, other) => distance(one) - distance(other));
    return { frame: Math.min(Math.max(frame, 1), this.#model.sizes.length), interval: best };
  }

  #nextPicture() {
    this.#timer = setTimeout(() => this.#nextPicture(), this.#committed.interval / 1e4);
    // A host that is too slow for the last picture doesn't get the next one either.
    if (this.#rest.length > 0) return;
    const pictures = this.#pictures[this.#committed.frame - 1];
    this.#rest = pictures[this.#count % pictures.length];
    this.#count += 1;
    this.#frameId ^= 1;
    this.#send();
  }

  /** Fills transfers; each is one payload, and shorter than the host's room, which ends it. */
  #send() {
    while (this.#rest.length > 0 && this.#waiting.length > 0) {
      const transfer = this.#waiting.shift();
      const part = this.#rest.subarray(0, transfer.length - 512);
      this.#rest = this.#rest.subarray(part.length);
      const end = this.#rest.length === 0 ? HEADER.endOfFrame : 0;
      const header = [HEADER.length, HEADER.endOfHeader | this.#frameId | end];
      this.#port.complete(transfer, Buffer.concat([Buffer.from(header), part]));
    }
  }
}
