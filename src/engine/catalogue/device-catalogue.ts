import type {
  Backend,
  DeviceDescription,
  DeviceKind,
  ListingProblem,
} from "../../contract/device.ts";
import type { OutputDescription } from "../../contract/output.ts";
import type { Clock, Device, DeviceCatalogue, OutputDevice } from "../contract.ts";
import { callSafely } from "../emitter.ts";

/** Changes that come this close together are told as one. */
const COALESCE_MS = 100;
/** A backend that takes longer to list its devices is left out. */
const LIST_TIMEOUT_MS = 15_000;

const KIND_ORDER: readonly DeviceKind[] = ["audioinput", "videoinput", "display", "systemaudio"];

/** What there is at one time. */
interface Listing {
  readonly devices: readonly Device[];
  readonly outputs: readonly OutputDevice[];
}

/** The devices of several backends; one that is broken hides only its own. */
export class BackendCatalogue implements DeviceCatalogue {
  readonly #backends: readonly Backend[];
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #listing: Promise<Listing> | undefined;
  #known: Listing | undefined;
  #stopWatching: (() => void) | undefined;
  #failures: readonly ListingProblem[] = [];

  constructor(backends: readonly Backend[], clock: Clock) {
    this.#backends = backends;
    this.#clock = clock;
  }

  /** What backends failed with in the last {@link list}, and what they say of themselves. */
  get problems(): readonly ListingProblem[] {
    return [...this.#failures, ...this.#backends.flatMap(({ problems = [] }) => problems)];
  }

  get known(): readonly Device[] | undefined {
    return this.#known?.devices;
  }

  get knownOutputs(): readonly OutputDevice[] | undefined {
    return this.#known?.outputs;
  }

  async list(): Promise<readonly Device[]> {
    return (await this.#listAll()).devices;
  }

  async listOutputs(): Promise<readonly OutputDevice[]> {
    return (await this.#listAll()).outputs;
  }

  watch(listener: () => void): () => void {
    // A wrapper, since the same function may be registered twice.
    const entry = (): void => listener();
    this.#listeners.add(entry);
    this.#stopWatching ??= this.#startWatching();
    return () => {
      this.#listeners.delete(entry);
      if (this.#listeners.size > 0) return;
      this.#stopWatching?.();
      this.#stopWatching = undefined;
    };
  }

  /** One listing serves all who ask while it is under way. */
  #listAll(): Promise<Listing> {
    if (this.#listing !== undefined) return this.#listing;
    const listing = Promise.all([this.#list(), this.#listOutputs()]).then(([devices, outputs]) => {
      const both = { devices, outputs };
      if (this.#listing === listing) {
        this.#listing = undefined;
        this.#known = both;
      }
      return both;
    });
    this.#listing = listing;
    return listing;
  }

  async #listOutputs(): Promise<readonly OutputDevice[]> {
    const lists = await Promise.all(
      this.#backends.map(async (backend): Promise<readonly OutputDevice[]> => {
        try {
          const listing = backend.listOutputs?.() ?? Promise.resolve([]);
          return (await this.#inTime(backend, listing)).map((each) => toDevice(backend, each));
        } catch {
          // Who opens an output hears why there is none.
          return [];
        }
      }),
    );
    const rank = ({ description }: OutputDevice) => (description.isDefault ? 0 : 1);
    return lists.flat().toSorted((one, other) => rank(one) - rank(other));
  }

  async #list(): Promise<readonly Device[]> {
    const failures: ListingProblem[] = [];
    const lists = await Promise.all(
      this.#backends.map(async (backend) => {
        try {
          const descriptions = await this.#inTime(backend, backend.listDevices());
          return descriptions.map((description) => toDevice(backend, description));
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          // Which kinds it would have listed isn't known.
          failures.push({ kinds: KIND_ORDER, message });
          return [];
        }
      }),
    );
    this.#failures = failures;
    return lists.flat().toSorted((one, other) => rank(one) - rank(other));
  }

  async #inTime<List>(backend: Backend, listing: Promise<List>): Promise<List> {
    let cancel: (() => void) | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      cancel = this.#clock.setTimeout(() => {
        reject(new Error(`${backend.name} didn't list its devices in ${LIST_TIMEOUT_MS} ms.`));
      }, LIST_TIMEOUT_MS);
    });
    try {
      return await Promise.race([listing, late]);
    } finally {
      cancel?.();
    }
  }

  #startWatching(): () => void {
    let cancelTimer: (() => void) | undefined;
    let stopped = false;
    let refreshing = Promise.resolve();
    // What changed between the last listing and now is a change too.
    let told = this.#known && fingerprint(this.#known);
    const refresh = (): void => {
      refreshing = refreshing.then(async () => {
        // A listing under way may have begun before the change.
        await this.#listing;
        const devices = fingerprint(await this.#listAll());
        if (stopped || devices === told) return;
        const first = told === undefined;
        told = devices;
        if (!first) this.#notify();
      });
    };
    refresh();
    const onChange = (): void => {
      // A listing that is under way may lack the change: the next call lists anew.
      this.#listing = undefined;
      cancelTimer ??= this.#clock.setTimeout(() => {
        cancelTimer = undefined;
        refresh();
      }, COALESCE_MS);
    };
    const stops = this.#backends.map((backend) => backend.watchDevices?.(onChange));
    return () => {
      stopped = true;
      cancelTimer?.();
      for (const stop of stops) stop?.();
    };
  }

  #notify(): void {
    for (const listener of Array.from(this.#listeners)) callSafely(listener);
  }
}

function toDevice<Description extends DeviceDescription | OutputDescription>(
  { name: backendName }: Backend,
  description: Description,
): { backendName: string; description: Description; key: string } {
  return { backendName, description, key: `${backendName}:${description.hardwareId}` };
}

function rank({ description }: Device): number {
  return KIND_ORDER.indexOf(description.kind) * 2 + (description.isDefault ? 0 : 1);
}

/** Two lists with the same devices, named alike and in the same order, are the same list. */
function fingerprint({ devices, outputs }: Listing): string {
  return JSON.stringify(
    [...devices, ...outputs].map(({ key, description: { kind, label, isDefault } }) => [
      key,
      kind,
      label,
      isDefault,
    ]),
  );
}
