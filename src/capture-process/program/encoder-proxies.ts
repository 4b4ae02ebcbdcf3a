import { DeviceError } from "../../contract/device-error.ts";
import type { ProcessEvent } from "./capture-process.ts";
import type { EncoderProxy } from "./encoder-proxy.ts";

/** Encoders in a capture process, as the program knows them: all of them, or those of one device. */
export class EncoderProxies<Proxy extends EncoderProxy> {
  readonly #proxies = new Map<number, Proxy>();

  get size(): number {
    return this.#proxies.size;
  }

  /**
   * @param id one that the process hasn't had
   * @throws DeviceError; then there is no such encoder
   */
  async open(
    id: number,
    make: (id: number) => Proxy,
    start: (proxy: Proxy) => Promise<void>,
  ): Promise<Proxy> {
    const proxy = make(id);
    this.#proxies.set(id, proxy);
    try {
      await start(proxy);
      return proxy;
    } catch (error) {
      this.#proxies.delete(id);
      throw error;
    }
  }

  get(id: number): Proxy | undefined {
    return this.#proxies.get(id);
  }

  delete(proxy: Proxy): void {
    for (const [id, candidate] of this.#proxies) if (candidate === proxy) this.#proxies.delete(id);
  }

  /** Passes on what concerns an encoder. */
  receive(event: ProcessEvent, payload: Uint8Array): void {
    if (event.type === "chunk") this.#proxies.get(event.encoder)?.chunk(event, payload);
    if (event.type === "leftOut") this.#proxies.get(event.encoder)?.leftOut(event);
    if (event.type !== "encoderError") return;
    const { code, message } = event.error;
    const proxy = this.#proxies.get(event.encoder);
    this.#proxies.delete(event.encoder);
    proxy?.fail(new DeviceError(code, message));
  }

  /** Has all come out that was encoded, and ends the encoders without an error. Never rejects. */
  async finishAll(): Promise<void> {
    const all = [...this.#proxies.values()];
    await Promise.all(all.map((proxy) => proxy.finish().catch(() => undefined)));
    this.#proxies.clear();
  }

  failAll(reason: DeviceError): void {
    const all = [...this.#proxies.values()];
    this.#proxies.clear();
    for (const proxy of all) proxy.fail(reason);
  }
}
