import { safeParse } from "valibot";
import { DeviceError } from "../../contract/device-error.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { openSharedFile } from "./open-shared-file.ts";
import { OwnProcess } from "./own-process.ts";
import { PendingRequests } from "./pending-requests.ts";
import { adviseNode } from "./spawn-own-program.ts";
import { frameFromWire } from "./wire-frame.ts";
import { Channel, type ChannelEvents } from "../wire/channel.ts";
import type { Notice, Request } from "../wire/command.ts";
import { event, type Event } from "../wire/event.ts";
import type { FrameHeader } from "../wire/frame-header.ts";
import { SharedSlots } from "../wire/shared-slots.ts";

/** What a capture process says unasked. */
export type ProcessEvent = Exclude<Event, { type: "hello" | "reply" | "failure" }>;

export interface CaptureProcessEvents {
  event(event: ProcessEvent, payload: Uint8Array<ArrayBuffer>): void;
  /** It crashed, hung or was killed. Comes at most once, and never for `close()`. */
  gone(reason: DeviceError): void;
}

const PROGRAM = "capture-process";
const START_TIMEOUT_MS = 20_000;
const HEARTBEAT_MS = 2_000;
/** Beats without an answer until it counts as hung. */
const MISSED_BEATS = 3;

/**
 * A child process that holds a device's driver, or codecs, so that neither can stall or end the
 * program. It ends with the program, whatever ends that.
 */
export class CaptureProcess {
  readonly #child: OwnProcess;
  readonly #channel: Channel;
  readonly #requests = new PendingRequests();
  readonly #hello: Promise<unknown>;
  readonly #ended: Promise<void>;
  #events: CaptureProcessEvents;
  #lastNumber = 0;
  #heartbeat: NodeJS.Timeout | undefined;
  #missedBeats = 0;
  #reason: DeviceError | undefined;
  #isClosing = false;

  private constructor(events: CaptureProcessEvents, env: NodeJS.ProcessEnv) {
    this.#events = events;
    const { child, slots } = spawnSharing(env);
    this.#child = child;
    this.#hello = this.#requests.expect("hello", START_TIMEOUT_MS);
    const channelEvents: ChannelEvents = {
      message: (header, payload) => this.#receive(header, payload),
      closed: (error) => this.#kill(error && new DeviceError("failed", error.message)),
    };
    this.#channel = new Channel(child.pipe, channelEvents, slots);
    this.#ended = child.ended.then((how) => {
      this.#reason ??= how;
      this.#finish();
    });
  }

  /** @throws DeviceError when it doesn't start */
  static async start(
    events: CaptureProcessEvents,
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<CaptureProcess> {
    const started = new CaptureProcess(events, env);
    try {
      await started.#hello;
    } catch (error) {
      await started.close(0);
      const { message } = error as DeviceError;
      throw new DeviceError("failed", `${message} ${adviseNode()}`, { cause: error });
    }
    started.#beat();
    return started;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isGone(): boolean {
    return this.#reason !== undefined;
  }

  /** A number for a device or an encoder in it, given once. */
  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  /** From now on it tells these. */
  handOver(events: CaptureProcessEvents): void {
    this.#events = events;
  }

  /**
   * Asks and waits for the answer.
   * @param timeoutMs undefined where a person may take any time to answer
   * @throws DeviceError what it answers, that it is gone, or that no answer came in time; then it
   *   is killed, since it hangs
   */
  async request(request: Request, timeoutMs: number | undefined): Promise<unknown> {
    if (this.#reason !== undefined) throw this.#reason;
    if (this.#isClosing) throw new DeviceError("failed", "The device is closed.");
    const { id, answer } = this.#requests.add(timeoutMs, () => {
      const what = request.type === "open" ? "The device didn't open" : "The device didn't answer";
      const reason = new DeviceError("failed", `${what} within ${(timeoutMs ?? 0) / 1000} s.`);
      this.#kill(reason);
      return reason;
    });
    this.#channel.send({ ...request, id });
    return await answer;
  }

  /** @param onSent called when the payload isn't needed any more */
  notify(notice: Notice, payload?: Uint8Array, onSent?: () => void): void {
    this.#channel.send(notice, payload, onSent);
  }

  /**
   * The frame of an event, the caller's to close; it is on the event's bytes. Nothing where there is
   * no such frame: then the process is ended, since it said what can't be.
   */
  frameOf(
    header: FrameHeader,
    payload: Uint8Array<ArrayBuffer>,
  ): VideoFrame | AudioData | undefined {
    try {
      return frameFromWire(header, payload, () => this.#channel.recycle(payload));
    } catch (cause) {
      this.distrust(cause);
      return undefined;
    }
  }

  /** Whether the program stays alive for it. At first it does. */
  keepAlive(alive: boolean): void {
    this.#child.keepAlive(alive);
  }

  /** Ends it, since it said what can't be understood; whoever uses it is told that it is gone. */
  distrust(cause?: unknown): DeviceError {
    const message = "The capture process said what can't be understood.";
    const reason = new DeviceError("failed", message, { cause });
    this.#kill(reason);
    return reason;
  }

  /** Ends it; resolves when it is gone, and so whatever it held is free. */
  async close(graceMs = 1_000): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      clearInterval(this.#heartbeat);
      this.#requests.rejectAll(new DeviceError("failed", "The device was closed."));
      this.#channel.send({ type: "close" });
    }
    await this.#child.stop(graceMs);
    await this.#ended;
  }

  #receive(header: unknown, payload: Uint8Array<ArrayBuffer>): void {
    const parsed = safeParse(event, header);
    if (!parsed.success) {
      this.distrust();
      return;
    }
    const message = parsed.output;
    if (message.type === "hello") this.#requests.resolve("hello", message.pid);
    else if (message.type === "reply") this.#requests.resolve(message.id, message.value);
    else if (message.type === "failure") {
      const { code, message: text } = message.error;
      this.#requests.reject(message.id, new DeviceError(code, text));
    } else if (!this.#isClosing) this.#events.event(message, payload);
  }

  /** Beats are counted, not timed, so that a machine that slept doesn't look like a hang. */
  #beat(): void {
    this.#heartbeat = setInterval(() => {
      if (this.#missedBeats++ >= MISSED_BEATS) {
        this.#kill(new DeviceError("failed", "The capture process hangs and was ended."));
        return;
      }
      const { id, answer } = this.#requests.add(undefined);
      this.#channel.send({ type: "ping", id });
      answer.then(
        () => (this.#missedBeats = 0),
        () => undefined,
      );
    }, HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  #kill(reason: DeviceError | undefined): void {
    this.#reason ??= reason;
    this.#child.kill();
  }

  #finish(): void {
    clearInterval(this.#heartbeat);
    this.#channel.close();
    const reason = this.#reason ?? new DeviceError("failed", "The capture process ended.");
    this.#requests.rejectAll(reason);
    if (!this.#isClosing) this.#events.gone(reason);
  }
}

/** The process, and the memory that it shares with the program where there is some. */
function spawnSharing(environment: NodeJS.ProcessEnv): {
  readonly child: OwnProcess;
  readonly slots: SharedSlots | undefined;
} {
  const file = openSharedFile();
  const slots = file && new SharedSlots("program", file);
  const args = file ? [String(file.slotBytes)] : [];
  // Windows lets a write to a pipe that isn't overlapped wait for a read that is under way.
  const stdio = ["ignore", "ignore", "pipe", "overlapped", ...(file ? [file.fd] : [])] as const;
  try {
    return { child: new OwnProcess(PROGRAM, { args, environment, stdio: [...stdio] }), slots };
  } catch (error) {
    slots?.close();
    throw error;
  }
}
