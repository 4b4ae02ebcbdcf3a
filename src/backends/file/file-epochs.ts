export interface JoinedEpoch {
  /** µs: when the file's first frame was, or is, due. */
  readonly us: () => number;
  /** Idempotent. */
  readonly leave: () => void;
}

interface Playing {
  users: number;
  us: number | undefined;
}

/** When each file began to play, so that who plays its other track is at the same place. */
export class FileEpochs {
  readonly #playing = new Map<string, Playing>();

  join(path: string): JoinedEpoch {
    const playing = this.#playing.get(path) ?? { users: 0, us: undefined };
    this.#playing.set(path, playing);
    playing.users += 1;
    let hasLeft = false;
    return {
      us: () => (playing.us ??= Number(process.hrtime.bigint() / 1000n)),
      leave: () => {
        if (hasLeft) return;
        hasLeft = true;
        playing.users -= 1;
        if (playing.users === 0) this.#playing.delete(path);
      },
    };
  }
}
