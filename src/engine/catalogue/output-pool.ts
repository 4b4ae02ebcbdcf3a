import type { Backend } from "../../contract/device.ts";
import { DeviceError } from "../../contract/device-error.ts";
import type { PlaybackConfiguration, PlaybackSession } from "../../contract/output.ts";
import type { DeviceCatalogue, OutputDevice, OutputPool } from "../contract.ts";

/** Opens the outputs of several backends. */
export class BackendOutputs implements OutputPool {
  readonly #backends: ReadonlyMap<string, Backend>;
  readonly #catalogue: DeviceCatalogue;
  readonly #open = new Set<PlaybackSession>();

  constructor(backends: readonly Backend[], catalogue: DeviceCatalogue) {
    this.#backends = new Map(backends.map((backend) => [backend.name, backend]));
    this.#catalogue = catalogue;
  }

  async openOutput(
    output: OutputDevice | undefined,
    configuration: PlaybackConfiguration,
  ): Promise<PlaybackSession> {
    const { backendName, description } = output ?? (await this.#default());
    const opening = this.#backends
      .get(backendName)
      ?.openOutput?.(output && description.hardwareId, configuration);
    if (opening === undefined) {
      throw new DeviceError(
        "not-found",
        `There is no backend named ${backendName} that plays here.`,
      );
    }
    const session = await opening;
    this.#open.add(session);
    const close = session.close.bind(session);
    session.close = () => {
      this.#open.delete(session);
      return close();
    };
    return session;
  }

  /** Ends what is played. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#open, (session) => session.close()));
  }

  /** The system's, whose backend follows it. */
  async #default(): Promise<OutputDevice> {
    const [first] = (await this.#catalogue.listOutputs?.()) ?? [];
    if (first !== undefined) return first;
    throw new DeviceError(
      "not-found",
      "There is no sound output: on Linux, start PulseAudio or PipeWire, or plug one in. " +
        "On other systems, nothing is played yet; node-web-audio-api plays there.",
    );
  }
}
