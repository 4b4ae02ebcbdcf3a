import { DeviceError } from "../../contract/device-error.ts";
import type { Backend, ListingProblem } from "../../contract/device.ts";
import type { Connection } from "./connection.ts";
import { connect, NoServerError } from "./connect.ts";
import { toDeviceError } from "./device-error.ts";
import { startCanceller } from "./without-echo.ts";
import { listSinks } from "./playback/list-sinks.ts";
import { openSink } from "./playback/open-sink.ts";
import { listSources } from "./list-sources.ts";
import { openSource } from "./open-source.ts";
import { serverAddresses } from "./server-address.ts";
import { SharedConnection } from "./shared-connection.ts";
import { SourceWatch } from "./source-watch.ts";
import { withTimeout } from "./with-timeout.ts";

/** How to find and use the sound server; what is left out is the process's own. */
export interface PulseBackendOptions {
  /** `PULSE_SERVER`, `PULSE_COOKIE`, `XDG_RUNTIME_DIR` … */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Lists what the outputs play as microphones, and no more as the sound of a display. Also by
   * `USERMEDIA_PULSE_MONITORS=1`.
   */
  readonly monitors?: boolean;
  /** ms that a server has for an answer. Default 5000. */
  readonly timeoutMs?: number;
  /** ms between looks for a server while devices are watched and none runs. Default 2000. */
  readonly retryDelayMs?: number;
}

/** Microphones and outputs of PulseAudio, and of PipeWire through its PulseAudio server. */
export function createPulseBackend(options: PulseBackendOptions = {}): Backend {
  const env = options.env ?? process.env;
  const { timeoutMs = 5000, retryDelayMs = 2000 } = options;
  const monitors = options.monitors ?? env["USERMEDIA_PULSE_MONITORS"] === "1";
  const isLocal = serverAddresses({ env, uid: process.getuid?.() }).every(
    (address) => "path" in address,
  );
  const shared = new SharedConnection(() => connect({ env, uid: process.getuid?.() }, timeoutMs));
  /** A server that hangs is given up, and with it every request that waits for it. */
  const answerOf = async <Reply>(connection: Connection, reply: Promise<Reply>): Promise<Reply> =>
    withTimeout(reply, timeoutMs, () =>
      connection.fail("The sound server doesn't answer; is it stopped?"),
    );
  const watches = new Set<SourceWatch>();
  let problems: readonly ListingProblem[] = [];

  return {
    name: "pulse",

    get problems() {
      return problems;
    },

    async listDevices() {
      try {
        problems = [];
        const lease = await shared.lease();
        const { connection } = lease;
        return await answerOf(connection, listSources(connection, { monitors, isLocal })).finally(
          lease.release,
        );
      } catch (error) {
        if (error instanceof NoServerError) {
          problems = [{ kinds: ["audioinput", "systemaudio"], message: error.message }];
          return [];
        }
        throw toDeviceError(error, "The list of microphones");
      }
    },

    watchDevices(onChange) {
      const watch = new SourceWatch({ lease: () => shared.lease(), onChange, retryDelayMs });
      watches.add(watch);
      return () => {
        watches.delete(watch);
        watch.stop();
      };
    },

    async open(hardwareId, configuration) {
      try {
        const canceller = await startCanceller(env, hardwareId, configuration);
        const lease = await shared.lease().catch(async (error: unknown) => {
          await canceller?.stop();
          throw error;
        });
        const opening = openSource({ lease, env, canceller }, hardwareId, configuration);
        return await answerOf(lease.connection, opening);
      } catch (error) {
        throw toDeviceError(error, hardwareId);
      }
    },

    async listOutputs() {
      try {
        const lease = await shared.lease();
        return await answerOf(lease.connection, listSinks(lease.connection)).finally(lease.release);
      } catch (error) {
        if (error instanceof NoServerError) return [];
        throw toDeviceError(error, "The list of outputs");
      }
    },

    async openOutput(hardwareId, configuration) {
      const label = hardwareId ?? "The default output";
      try {
        const lease = await shared.lease();
        return await answerOf(lease.connection, openSink(lease, hardwareId, configuration));
      } catch (error) {
        throw error instanceof NoServerError
          ? new DeviceError("not-found", `${error.message}.`, { cause: error })
          : toDeviceError(error, label);
      }
    },

    async close() {
      for (const watch of watches) watch.stop();
      watches.clear();
    },
  };
}
