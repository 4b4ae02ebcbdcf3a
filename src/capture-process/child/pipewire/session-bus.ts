import { type DBusError, type Message, messageType, sessionBus } from "dbus-native";
import { DeviceError } from "../../../contract/device-error.ts";

type Bus = ReturnType<typeof sessionBus>;

/** A method of an object, and what it is called with. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** Where a signal comes from. */
export interface BusSignal {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
}

const CALL_TIMEOUT_MS = 10_000;
const DAEMON = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
} as const;

/** A connection to the user's session bus, for calls and signals. */
export class SessionBus {
  /** Its unique name, such as `:1.42`. */
  readonly name: string;
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
  readonly #bus: Bus;

  private constructor(bus: Bus, name: string, closed: Promise<void>) {
    this.#bus = bus;
    this.name = name;
    this.closed = closed;
  }

  /** @throws DeviceError `missing-dependency` where there is no session bus */
  static async connect(env: NodeJS.ProcessEnv = process.env): Promise<SessionBus> {
    const address =
      env["DBUS_SESSION_BUS_ADDRESS"] ?? `unix:path=${env["XDG_RUNTIME_DIR"] ?? ""}/bus`;
    const bus = sessionBus({ busAddress: address, timeout: CALL_TIMEOUT_MS });
    const closed = new Promise<void>((resolve) => {
      bus.connection.on("error", () => resolve());
      bus.connection.on("close", () => resolve());
    });
    try {
      const failed = closed.then(() => Promise.reject(new Error(`nothing answers at ${address}`)));
      const hello = new Promise<string>((resolve, reject) => {
        bus.invoke({ ...DAEMON, member: "GetId" }, (error) => {
          if (error === null) resolve(bus.name ?? "");
          else reject(error);
        });
      });
      return new SessionBus(bus, await Promise.race([hello, failed]), closed);
    } catch (cause) {
      bus.connection.end();
      throw noBus(cause);
    }
  }

  /**
   * Calls a method; resolves with the first value of its reply.
   * @throws DBusError as the object answers
   */
  async call({ body = [], ...call }: BusCall): Promise<unknown> {
    return await this.#bus.invoke({ ...call, body: [...body] }, {});
  }

  async property(at: Omit<BusCall, "member">, name: string): Promise<unknown> {
    const { destination, path } = at;
    return await this.call({
      destination,
      path,
      interface: "org.freedesktop.DBus.Properties",
      member: "Get",
      signature: "ss",
      body: [at.interface, name],
    });
  }

  /** Calls `listener` with the values of each such signal. Returns what stops it. */
  async onSignal(
    { path, member, interface: face }: BusSignal,
    listener: (values: readonly unknown[]) => void,
  ): Promise<() => void> {
    const take = (message: Message): void => {
      const isOurs =
        message.type === messageType.signal &&
        message.path === path &&
        message.interface === face &&
        message.member === member;
      if (isOurs) listener(message.body ?? []);
    };
    this.#bus.connection.on("message", take);
    const rule = `type='signal',path='${path}',interface='${face}',member='${member}'`;
    await this.call({ ...DAEMON, member: "AddMatch", signature: "s", body: [rule] });
    return () => void this.#bus.connection.off("message", take);
  }

  async close(): Promise<void> {
    this.#bus.connection.end();
    await this.closed;
  }
}

/** Whether a call failed since nobody on the bus offers what was called. */
export function isAbsent(error: unknown): boolean {
  const { dbusName = "" } = error instanceof Error ? (error as DBusError) : {};
  return /\.(ServiceUnknown|NameHasNoOwner|UnknownInterface|UnknownMethod|UnknownObject|InvalidArgs|NoReply|Spawn\..*)$/.test(
    dbusName,
  );
}

function noBus(cause: unknown): DeviceError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new DeviceError(
    "missing-dependency",
    `No D-Bus session bus can be had (${said}), and the desktop's portal is there. ` +
      "Start the program inside the desktop's session, or set DBUS_SESSION_BUS_ADDRESS",
    { cause },
  );
}
