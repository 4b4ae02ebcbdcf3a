import { sessionBus, Variant } from "dbus-native";

/** What the "user" of the dialog does. */
export type DialogAnswer =
  | { readonly action: "share"; readonly source?: "monitor" | "virtual" }
  | { readonly action: "cancel" }
  /** Nobody answers, until the dialog is closed. */
  | { readonly action: "wait" };

interface Session {
  options: Readonly<Record<string, unknown>>;
  /** The compositor's own session. */
  mutter?: string;
}

type Values = Readonly<Record<string, unknown>>;

const NAME = "org.freedesktop.impl.portal.desktop.test";
const PATH = "/org/freedesktop/portal/desktop";
const IMPL = "org.freedesktop.impl.portal";
const MUTTER = "org.gnome.Mutter.ScreenCast";
const RESTORE = new Variant("(suv)", ["TEST", 1, new Variant("s", "monitor")]);

/**
 * The dialog's part of xdg-desktop-portal, scripted: what a person does is {@link answer}. The rest,
 * the portal itself and the compositor that it shares, is real.
 */
export class ScriptedPortal {
  answer: DialogAnswer = { action: "share" };
  /** Names of the calls that came, in order. */
  readonly calls: string[] = [];
  readonly #bus: ReturnType<typeof sessionBus>;
  readonly #sessions = new Map<string, Session>();
  #called: () => void = () => undefined;

  private constructor(address: string) {
    this.#bus = sessionBus({ busAddress: address });
    this.#bus.connection.on("error", () => undefined);
  }

  static async start(address: string): Promise<ScriptedPortal> {
    const portal = new ScriptedPortal(address);
    await portal.#bus.addMatch(`type='signal',sender='${MUTTER}'`);
    portal.#serve();
    await portal.#bus.requestName(NAME, 4);
    return portal;
  }

  /** Resolves when a call of this name has come that many times. */
  async untilCalled(name: string, times = 1): Promise<void> {
    while (this.calls.filter((call) => call === name).length < times) {
      await new Promise<void>((resolve) => (this.#called = resolve));
    }
  }

  /** The person ends what is shared, as the desktop's own indicator lets them. */
  async stopSharing(): Promise<void> {
    await Promise.all([...this.#sessions.keys()].map((handle) => this.#end(handle, true)));
  }

  close(): void {
    this.#bus.connection.end();
  }

  #note(call: string): void {
    this.calls.push(call);
    this.#called();
  }

  #serve(): void {
    const methods = {
      CreateSession: ["oosa{sv}", "ua{sv}", [], []],
      SelectSources: ["oosa{sv}", "ua{sv}", [], []],
      Start: ["oossa{sv}", "ua{sv}", [], []],
    } as const;
    const screenCast = {
      version: 4,
      AvailableSourceTypes: 3,
      AvailableCursorModes: 7,
      CreateSession: (_handle: string, session: string) => {
        this.#note("CreateSession");
        this.#sessions.set(session, { options: {} });
        this.#export(session, "Session", () => void this.#end(session, false));
        return [0, {}];
      },
      SelectSources: (_handle: string, session: string, _app: string, options: Values) => {
        this.#note("SelectSources");
        this.#sessions.set(session, { options });
        return [0, {}];
      },
      Start: async (handle: string, session: string) => {
        this.#note("Start");
        return await this.#start(handle, session);
      },
    };
    this.#bus.exportInterface(screenCast, PATH, {
      name: `${IMPL}.ScreenCast`,
      methods: methods as unknown as Record<string, [string, string, string[], string[]]>,
      properties: { version: "u", AvailableSourceTypes: "u", AvailableCursorModes: "u" },
    });
  }

  #export(path: string, kind: "Session" | "Request", close: () => void): void {
    const implementation = {
      Close: () => {
        this.#note(`${kind}.Close`);
        close();
        return null;
      },
    };
    this.#bus.exportInterface(implementation, path, {
      name: `${IMPL}.${kind}`,
      methods: { Close: ["", "", [], []] },
      signals: { Closed: [""] },
    });
  }

  async #start(handle: string, session: string): Promise<readonly unknown[]> {
    const { options } = this.#sessions.get(session) ?? { options: {} };
    const { answer } = this;
    const restored = options["restore_data"] !== undefined;
    if (restored) this.#note("restored");
    if (!restored && answer.action === "cancel") return [1, {}];
    if (!restored && answer.action === "wait") {
      await new Promise<void>((resolve) => this.#export(handle, "Request", resolve));
      return [2, {}];
    }
    const source = answer.action === "share" ? answer.source : undefined;
    const streams = [await this.#share(session, source ?? "monitor")];
    const persist = options["persist_mode"];
    return [
      0,
      {
        streams: new Variant("a(ua{sv})", streams),
        ...(persist === 2 && {
          persist_mode: new Variant("u", 2),
          restore_data: RESTORE,
        }),
      },
    ];
  }

  /** Has the compositor record, and gives its stream as the portal tells of it. */
  async #share(session: string, source: "monitor" | "virtual"): Promise<unknown> {
    const call = async (path: string, face: string, member: string, ...rest: unknown[]) => {
      const [signature = "", ...body] = rest;
      const message = { destination: MUTTER, path, interface: face, member };
      return (await this.#bus.invoke(
        { ...message, signature: String(signature), body },
        {},
      )) as string;
    };
    const mutter = await call("/org/gnome/Mutter/ScreenCast", MUTTER, "CreateSession", "a{sv}", {});
    this.#sessions.set(session, { ...(this.#sessions.get(session) ?? { options: {} }), mutter });
    const cursor = { "cursor-mode": new Variant("u", 1) };
    const stream =
      source === "virtual"
        ? await call(mutter, `${MUTTER}.Session`, "RecordVirtual", "a{sv}", cursor)
        : await call(mutter, `${MUTTER}.Session`, "RecordMonitor", "sa{sv}", "", cursor);
    const added = this.#signal(stream, "PipeWireStreamAdded");
    await call(mutter, `${MUTTER}.Session`, "Start");
    const [node] = await added;
    void this.#signal(mutter, "Closed").then(() => this.#end(session, true));
    const size = source === "virtual" ? {} : { size: new Variant("(ii)", [1280, 720]) };
    return [node, { source_type: new Variant("u", source === "virtual" ? 2 : 1), ...size }];
  }

  #signal(path: string, member: string): Promise<readonly unknown[]> {
    return new Promise((resolve) => {
      this.#bus.connection.on("message", (message) => {
        if (message.path === path && message.member === member) resolve(message.body ?? []);
      });
    });
  }

  async #end(handle: string, tells: boolean): Promise<void> {
    const session = this.#sessions.get(handle);
    if (session === undefined) return;
    this.#sessions.delete(handle);
    if (tells) this.#bus.sendSignal(handle, `${IMPL}.Session`, "Closed");
    if (session.mutter === undefined) return;
    const stop = { destination: MUTTER, path: session.mutter, interface: `${MUTTER}.Session` };
    await this.#bus.invoke({ ...stop, member: "Stop" }, { timeout: 2_000 }).catch(() => undefined);
    this.#bus.unexportInterface(handle);
  }
}
