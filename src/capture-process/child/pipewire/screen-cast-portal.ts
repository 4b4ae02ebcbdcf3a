import { Variant } from "dbus-native";
import { DeviceError } from "../../../contract/device-error.ts";
import { isAbsent, SessionBus } from "./session-bus.ts";

const DESTINATION = "org.freedesktop.portal.Desktop";
const PATH = "/org/freedesktop/portal/desktop";
const PORTAL = { destination: DESTINATION, path: PATH } as const;
const SCREEN_CAST = { ...PORTAL, interface: "org.freedesktop.portal.ScreenCast" } as const;

/** Bits of `AvailableSourceTypes` and of `source_type`. */
const SOURCE = { monitor: 1, window: 2 } as const;
/** Bits of `AvailableCursorModes`. */
const CURSOR_EMBEDDED = 2;
/** Version 4 of the portal restores what was chosen before. */
const RESTORES_SINCE = 4;
const PERSIST_UNTIL_REVOKED = 2;

/** Codes of a `Response`. */
const CANCELLED = 1;

export type Surface = keyof typeof SOURCE;

/** What this desktop's portal can do. */
export interface ScreenCastAbilities {
  readonly version: number;
  readonly surfaces: readonly Surface[];
  readonly embedsCursor: boolean;
}

/** What its user chose. */
export interface ChosenScreen {
  readonly surface: Surface;
  /** PipeWire's number of what delivers it. */
  readonly node: number;
  /** px of the desktop, which are fewer than the picture's where the desktop is scaled. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  /** Restores the choice once, without asking; only where its user wants that. */
  readonly restoreToken: string | undefined;
  readonly showsCursor: boolean;
}

export interface ScreenCastRequest {
  readonly surfaces: readonly Surface[];
  readonly restoreToken?: string | undefined;
  /** Closes the dialog. */
  readonly signal: AbortSignal;
}

let requests = 0;

/**
 * The desktop's own dialog for screens and windows, and the capture that it allows, which lasts as
 * long as this connection to the session bus.
 *
 * @see https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.ScreenCast.html
 */
export class ScreenCastPortal {
  readonly #bus: SessionBus;
  #session: string | undefined;

  private constructor(bus: SessionBus) {
    this.#bus = bus;
  }

  /** @throws DeviceError `missing-dependency` where there is no session bus */
  static async connect(): Promise<ScreenCastPortal> {
    return new ScreenCastPortal(await SessionBus.connect());
  }

  /** @throws DeviceError `missing-dependency` where the desktop has no such portal */
  async abilities(): Promise<ScreenCastAbilities> {
    const number = async (name: string): Promise<number> =>
      Number(await this.#bus.property(SCREEN_CAST, name));
    try {
      const types = await number("AvailableSourceTypes");
      return {
        version: await number("version"),
        surfaces: (["monitor", "window"] as const).filter((name) => types & SOURCE[name]),
        embedsCursor: ((await number("AvailableCursorModes")) & CURSOR_EMBEDDED) !== 0,
      };
    } catch (error) {
      throw isAbsent(error) ? noPortal(error) : error;
    }
  }

  /**
   * Has the desktop ask its user for one screen or window.
   * @param onClosed called once when the desktop ends the capture
   * @throws DeviceError `not-allowed` where they decline
   */
  async choose(
    { restoreToken, signal, surfaces }: ScreenCastRequest,
    onClosed: () => void,
  ): Promise<ChosenScreen> {
    const { embedsCursor, version, surfaces: available } = await this.abilities();
    const types = available
      .filter((name) => surfaces.includes(name))
      .reduce((bits, name) => bits | SOURCE[name], 0);
    if (types === 0) {
      throw new DeviceError("not-found", `This desktop shares no ${surfaces.join(" or ")}.`);
    }
    const created = await this.#request(
      { member: "CreateSession", signature: "a{sv}", signal },
      [],
      {
        session_handle_token: new Variant("s", nextToken()),
      },
    );
    this.#session = String(created["session_handle"]);
    await this.#watch(this.#session, onClosed);
    const canRestore = version >= RESTORES_SINCE;
    const select = { member: "SelectSources", signature: "oa{sv}", signal };
    await this.#request(select, [this.#session], {
      types: new Variant("u", types),
      multiple: new Variant("b", false),
      ...(embedsCursor && { cursor_mode: new Variant("u", CURSOR_EMBEDDED) }),
      ...(canRestore && { persist_mode: new Variant("u", PERSIST_UNTIL_REVOKED) }),
      ...(canRestore && restoreToken && { restore_token: new Variant("s", restoreToken) }),
    });
    const start = { member: "Start", signature: "osa{sv}", signal };
    const started = await this.#request(start, [this.#session, ""], {});
    return { ...parseStarted(started), showsCursor: embedsCursor };
  }

  /** Ends the capture, and the dialog. */
  async close(): Promise<void> {
    if (this.#session !== undefined) await this.#close(this.#session, "Session");
    await this.#bus.close();
  }

  /** The dialogs and captures of a connection end with it. */
  async #watch(session: string, onClosed: () => void): Promise<void> {
    let isTold = false;
    const tell = (): void => {
      if (!isTold) onClosed();
      isTold = true;
    };
    const face = "org.freedesktop.portal.Session";
    await this.#bus.onSignal({ path: session, interface: face, member: "Closed" }, tell);
    void this.#bus.closed.then(tell);
  }

  /** Calls a method that answers later, by a signal of an object of its own. */
  async #request(
    call: { readonly member: string; readonly signature: string; readonly signal: AbortSignal },
    values: readonly unknown[],
    options: Readonly<Record<string, Variant>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const { member, signal, signature } = call;
    signal.throwIfAborted();
    const token = nextToken();
    const sender = this.#bus.name.slice(1).replaceAll(".", "_");
    const path = `${PATH}/request/${sender}/${token}`;
    const face = "org.freedesktop.portal.Request";
    let answer: (values: readonly unknown[]) => void = () => undefined;
    const response = new Promise<readonly unknown[]>((resolve) => (answer = resolve));
    const forget = await this.#bus.onSignal({ path, interface: face, member: "Response" }, (body) =>
      answer(body),
    );
    const over = this.#bus.closed.then(() => {
      throw new DeviceError("failed", "The desktop's session bus went away.");
    });
    let abort = (): void => undefined;
    const aborted = new Promise<never>((_resolve, reject) => {
      abort = () => void this.#close(path, "Request").then(() => reject(signal.reason as Error));
    });
    signal.addEventListener("abort", abort, { once: true });
    try {
      const body = [...values, { handle_token: new Variant("s", token), ...options }];
      await this.#bus.call({ ...SCREEN_CAST, member, signature, body });
      return parseResponse(await Promise.race([response, over, aborted]));
    } catch (error) {
      throw isAbsent(error) ? noPortal(error) : error;
    } finally {
      signal.removeEventListener("abort", abort);
      forget();
    }
  }

  /** What is closed already, or never was open, is no error. */
  async #close(path: string, kind: "Request" | "Session"): Promise<void> {
    const call = { destination: DESTINATION, path, interface: `org.freedesktop.portal.${kind}` };
    await this.#bus.call({ ...call, member: "Close" }).catch(() => undefined);
  }
}

/** A name that nobody else on this connection has. */
function nextToken(): string {
  requests += 1;
  return `usermedia_${process.pid}_${requests}`;
}

function parseResponse([code, results]: readonly unknown[]): Readonly<Record<string, unknown>> {
  if (code === CANCELLED) {
    throw new DeviceError(
      "not-allowed",
      "The screen wasn't shared: the desktop's dialog was closed",
    );
  }
  if (code !== 0 || typeof results !== "object" || results === null) {
    throw new DeviceError("failed", "The desktop's portal ended the request without an answer.");
  }
  return results as Readonly<Record<string, unknown>>;
}

function parseStarted({
  restore_token: token,
  streams,
}: Readonly<Record<string, unknown>>): Omit<ChosenScreen, "showsCursor"> {
  const [first] = Array.isArray(streams) ? (streams as readonly unknown[]) : [];
  const [node, details] = Array.isArray(first) ? (first as readonly unknown[]) : [];
  if (typeof node !== "number" || typeof details !== "object" || details === null) {
    throw new DeviceError("failed", "The desktop's portal named no screen.");
  }
  const { size, source_type: type } = details as Readonly<Record<string, unknown>>;
  const [width, height] = Array.isArray(size) ? size.map(Number) : [];
  return {
    node,
    surface: type === SOURCE.window ? "window" : "monitor",
    size: width && height ? { width, height } : undefined,
    restoreToken: typeof token === "string" && token !== "" ? token : undefined,
  };
}

function noPortal(cause: unknown): DeviceError {
  return new DeviceError(
    "missing-dependency",
    "This Wayland session has no ScreenCast portal, by which alone its screens can be had. Install " +
      "xdg-desktop-portal and its part for your desktop: xdg-desktop-portal-gnome, -kde, -wlr, " +
      "-hyprland or -cosmic; then log in anew",
    { cause },
  );
}
