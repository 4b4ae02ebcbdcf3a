import type { Connection } from "./connection.ts";

/** One user's hold on the shared connection. */
export interface ConnectionLease {
  readonly connection: Connection;
  /** Idempotent. */
  release(): void;
}

/**
 * One connection for all who need one at the same time: a server takes few (PulseAudio 64). It
 * closes when nobody holds it, so that an idle backend keeps no process alive, and a broken one is
 * replaced on the next use.
 */
export class SharedConnection {
  readonly #connect: () => Promise<Connection>;
  #current: { readonly opening: Promise<Connection>; holders: number } | undefined;

  constructor(connect: () => Promise<Connection>) {
    this.#connect = connect;
  }

  /** @throws whatever connecting throws */
  async lease(): Promise<ConnectionLease> {
    const shared = (this.#current ??= { opening: this.#connect(), holders: 0 });
    shared.holders += 1;
    let connection: Connection;
    try {
      connection = await shared.opening;
    } catch (error) {
      if (this.#current === shared) this.#current = undefined;
      throw error;
    }
    if (connection.closed) {
      if (this.#current === shared) this.#current = undefined;
      return this.lease();
    }
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      shared.holders -= 1;
      if (shared.holders > 0) return;
      if (this.#current === shared) this.#current = undefined;
      connection.close();
    };
    return { connection, release };
  }
}
