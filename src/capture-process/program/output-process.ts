import { DeviceError } from "../../contract/device-error.ts";
import type {
  MediaOutput,
  OutputConfig,
  OutputEvents,
  OutputStream,
} from "../../contract/media-output.ts";
import type { EncodedChunk } from "../../media/encoding.ts";
import { requireNative } from "../native-package.ts";
import { CaptureProcess, type ProcessEvent } from "./capture-process.ts";

/** A server that says nothing for so long isn't there. */
const CONNECT_TIMEOUT_MS = 15_000;
/** For what waits, and the container's end. */
const CLOSE_TIMEOUT_MS = 5_000;

/**
 * An output in a capture process of its own: where the far end stalls inside FFmpeg, ending the
 * process is what always helps, and no encoder and no device is in it.
 */
export class OutputProcess implements MediaOutput {
  readonly #process: CaptureProcess;

  private constructor(process: CaptureProcess) {
    this.#process = process;
  }

  /** @throws DeviceError; the signal's reason */
  static async open(
    config: OutputConfig,
    events: OutputEvents,
    signal: AbortSignal,
  ): Promise<OutputProcess> {
    requireNative();
    signal.throwIfAborted();
    const process = await CaptureProcess.start(processEventsOf(events));
    const abort = (): void => void process.close(0);
    signal.addEventListener("abort", abort, { once: true });
    const timer = setTimeout(abort, CONNECT_TIMEOUT_MS);
    const startedMs = performance.now();
    try {
      signal.throwIfAborted();
      const spec = { ...config, secrets: [...config.secrets], streams: config.streams.map(toWire) };
      // The timer above ends it first, in the words of a network.
      await process.request({ type: "openOutput", spec }, CONNECT_TIMEOUT_MS * 2);
      return new OutputProcess(process);
    } catch (error) {
      await process.close(0);
      signal.throwIfAborted();
      throw performance.now() - startedMs < CONNECT_TIMEOUT_MS ? error : noAnswer();
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    }
  }

  write(stream: number, chunk: EncodedChunk, timestampUs: number): void {
    const { data, duration, type } = chunk;
    const notice = { type: "writeOutput", stream, key: type === "key", duration } as const;
    this.#process.notify({ ...notice, timestamp: timestampUs }, data);
  }

  async close(): Promise<void> {
    // A far end that takes nothing any more doesn't get the end either.
    const ended = this.#process.request({ type: "closeOutput" }, CLOSE_TIMEOUT_MS);
    await ended.catch(() => undefined);
    await this.#process.close();
  }

  async abandon(): Promise<void> {
    await this.#process.close(0);
  }
}

function processEventsOf(events: OutputEvents) {
  let hasFailed = false;
  const fail = (reason: DeviceError): void => {
    if (!hasFailed) events.failed(reason);
    hasFailed = true;
  };
  return {
    event(event: ProcessEvent): void {
      if (event.type === "outputWritten") events.written();
      else if (event.type === "outputError")
        fail(new DeviceError(event.error.code, event.error.message));
    },
    gone: fail,
  };
}

function toWire({ config, description }: OutputStream) {
  return {
    config,
    ...(description && { description: Buffer.from(description).toString("base64") }),
  };
}

function noAnswer(): DeviceError {
  return new DeviceError(
    "failed",
    `The server didn't answer within ${CONNECT_TIMEOUT_MS / 1000} s: look at its address, and whether it runs.`,
  );
}
