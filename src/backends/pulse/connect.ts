import { connect as connectSocket, type Socket } from "node:net";

import { DeviceError } from "../../contract/device-error.ts";
import { Command } from "./commands.ts";
import { Connection } from "./connection.ts";
import { readCookie } from "./cookie.ts";
import { serverAddresses, type ServerAddress, type ServerEnvironment } from "./server-address.ts";
import { ErrorCode, ServerError } from "./server-error.ts";
import { TagstructWriter } from "./tagstruct-writer.ts";
import { withTimeout } from "./with-timeout.ts";

/**
 * The protocol version spoken: the last one that changed anything used here (ports that say
 * whether something is plugged in). PulseAudio has it since 2.0, of 2012; PipeWire always.
 */
const PROTOCOL_VERSION = 24;
const VERSION_MASK = 0xffff;

/** No sound server runs here, which is a state of things and no fault. */
export class NoServerError extends Error {
  override readonly name = "NoServerError";
}

/**
 * Connects to the first sound server that answers, and introduces this program.
 *
 * @throws NoServerError when none does
 * @throws DeviceError `not-allowed` when it doesn't let this user in
 */
export async function connect(
  environment: ServerEnvironment,
  timeoutMs: number,
): Promise<Connection> {
  const socket = await openSocket(serverAddresses(environment), timeoutMs);
  const connection = new Connection(socket);
  try {
    await withTimeout(introduce(connection, environment), timeoutMs, () =>
      connection.fail("The sound server doesn't answer; is it stopped?"),
    );
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function introduce(connection: Connection, { env }: ServerEnvironment): Promise<void> {
  const version = await authenticate(connection, await readCookie(env));
  if (version < PROTOCOL_VERSION) {
    throw new DeviceError(
      "failed",
      `The sound server is too old: it speaks version ${version} of PulseAudio's protocol, and ${PROTOCOL_VERSION} (PulseAudio 2.0) is needed.`,
    );
  }
  await connection.request({
    command: Command.setClientName,
    name: "a name",
    payload: new TagstructWriter().propertyList({
      "application.name": "usermedia",
      "application.process.id": String(process.pid),
      "application.process.binary": "node",
    }),
    read: () => undefined,
  });
}

/** Returns the server's version of the protocol. */
async function authenticate(connection: Connection, cookie: Buffer): Promise<number> {
  try {
    return await connection.request({
      command: Command.auth,
      name: "access",
      payload: new TagstructWriter().u32(PROTOCOL_VERSION).arbitrary(cookie),
      read: (reply) => reply.u32() & VERSION_MASK,
    });
  } catch (error) {
    const denied =
      error instanceof ServerError &&
      (error.code === ErrorCode.access || error.code === ErrorCode.authKey);
    throw denied ? notAllowed(error) : error;
  }
}

async function openSocket(addresses: readonly ServerAddress[], timeoutMs: number): Promise<Socket> {
  let denied: unknown;
  for (const address of addresses) {
    try {
      return await openOne(address, timeoutMs);
    } catch (error) {
      if (isAccessError(error)) denied ??= error;
    }
  }
  if (denied !== undefined) throw notAllowed(denied);
  throw new NoServerError(
    `No sound server answers${addresses.length === 0 ? "" : ` at ${addresses.map(textOf).join(" or ")}`}: ` +
      "start PulseAudio or PipeWire, or set PULSE_SERVER",
  );
}

function textOf(address: ServerAddress): string {
  return "path" in address ? address.path : `${address.host}:${address.port}`;
}

function openOne(address: ServerAddress, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(address);
    const timer = setTimeout(() => socket.destroy(new Error("timeout")), timeoutMs);
    socket.once("error", reject);
    socket.once("close", () => clearTimeout(timer));
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

function isAccessError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === "EACCES" || code === "EPERM";
}

function notAllowed(cause: unknown): DeviceError {
  return new DeviceError(
    "not-allowed",
    "The sound server doesn't let this user in. Run as the user whose desktop it is, or point PULSE_COOKIE at a copy of their ~/.config/pulse/cookie.",
    { cause },
  );
}
