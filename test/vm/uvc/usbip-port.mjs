// The kernel's USB/IP host controller (vhci-hcd), spoken to directly: no network and no usbip tools.
// https://docs.kernel.org/usb/usbip_protocol.html
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";

const CONTROLLER = "/sys/devices/platform/vhci_hcd.0";
const HIGH_SPEED = 3;
const HEADER_BYTES = 48;
const COMMAND = { submit: 1, unlink: 2 };
const REPLY = { submit: 3, unlink: 4 };
const STALL = -32;
const UNLINKED = -104;

/**
 * A transfer that the host asks for.
 * @typedef {object} Transfer
 * @property {number} sequence
 * @property {number} endpoint
 * @property {boolean} isIn towards the host
 * @property {number} length bytes that the host sends, or has room for
 * @property {Buffer} setup the 8 bytes of a control request
 * @property {Buffer} data what the host sends
 */

/** A port of the controller with a device in it. */
export class UsbipPort {
  #socket;
  #kernelEnd;
  #number;
  #received = Buffer.alloc(0);
  /** @type {(transfer: Transfer) => void} */
  #onTransfer;
  /** @type {(sequence: number) => boolean} */
  #onUnlink;

  /** @param onUnlink takes a transfer back; false when it isn't under way */
  constructor(number, { onTransfer, onUnlink }) {
    this.#number = number;
    this.#onTransfer = onTransfer;
    this.#onUnlink = onUnlink;
  }

  /** Plugs the device in. The kernel takes over one end of a socket pair. */
  async plug() {
    const path = `/run/usbip-${process.pid}-${this.#number}-${Date.now()}.sock`;
    const server = createServer({ pauseOnConnect: true });
    server.listen(path);
    await once(server, "listening");
    this.#socket = connect(path);
    [this.#kernelEnd] = await once(server, "connection");
    server.close();
    rmSync(path, { force: true });
    this.#socket.on("data", (data) => this.#receive(data));
    this.#socket.on("error", () => undefined);
    // Node has no public way to a socket's descriptor.
    const { fd } = Reflect.get(this.#kernelEnd, "_handle");
    const deviceId = (1 << 16) | (this.#number + 2);
    writeFileSync(`${CONTROLLER}/attach`, `${this.#number} ${fd} ${deviceId} ${HIGH_SPEED}`);
  }

  /** Pulls the device out, whatever is under way. */
  unplug() {
    writeFileSync(`${CONTROLLER}/detach`, String(this.#number));
    this.#socket.destroy();
    this.#kernelEnd.destroy();
  }

  /** @param {Transfer} transfer @param {Uint8Array | readonly number[]} [data] what goes to the host */
  complete({ sequence, isIn, length }, data = []) {
    const sent = isIn ? Buffer.from(data).subarray(0, length) : Buffer.alloc(0);
    this.#reply(REPLY.submit, sequence, 0, isIn ? sent.length : length, sent);
  }

  /** Says that the device doesn't know such a request. @param {Transfer} transfer */
  stall({ sequence }) {
    this.#reply(REPLY.submit, sequence, STALL, 0, Buffer.alloc(0));
  }

  #receive(data) {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const taken = this.#take(this.#received);
      if (taken === 0) return;
      this.#received = this.#received.subarray(taken);
    }
  }

  /** Handles the first message; returns its length, 0 while it isn't complete. */
  #take(bytes) {
    if (bytes.length < HEADER_BYTES) return 0;
    const [command, sequence, , direction, endpoint] = [0, 4, 8, 12, 16].map((at) =>
      bytes.readUInt32BE(at),
    );
    if (command === COMMAND.unlink) {
      const isUnderWay = this.#onUnlink(bytes.readUInt32BE(20));
      this.#reply(REPLY.unlink, sequence, isUnderWay ? UNLINKED : 0, 0, Buffer.alloc(0));
      return HEADER_BYTES;
    }
    const isIn = direction === 1;
    const length = bytes.readUInt32BE(24);
    const end = HEADER_BYTES + (isIn ? 0 : length);
    if (bytes.length < end) return 0;
    const setup = Buffer.from(bytes.subarray(40, HEADER_BYTES));
    const data = Buffer.from(bytes.subarray(HEADER_BYTES, end));
    this.#onTransfer({ sequence, endpoint, isIn, length, setup, data });
    return end;
  }

  #reply(command, sequence, status, length, data) {
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt32BE(command, 0);
    header.writeUInt32BE(sequence, 4);
    header.writeInt32BE(status, 20);
    header.writeUInt32BE(length, 24);
    this.#socket.write(Buffer.concat([header, data]));
  }
}
