const HALF_POWER = Math.SQRT1_2;

/**
 * What each input channel adds to each output channel, by Web Audio's rules for speakers:
 * `matrix[output][input]`. Layouts without a rule are mixed discretely.
 *
 * @see https://webaudio.github.io/web-audio-api/#channel-up-mixing-and-down-mixing
 */
export function speakerMatrix(inputs: number, outputs: number): readonly (readonly number[])[] {
  const rule = RULES[`${inputs} ${outputs}`];
  if (rule !== undefined) return rule;
  return Array.from({ length: outputs }, (_row, output) =>
    Array.from({ length: inputs }, (_column, input) => (input === output ? 1 : 0)),
  );
}

/** Channel order: left, right, centre, low frequencies, surround left, surround right. */
const RULES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "1 2": [[1], [1]],
  "1 4": [[1], [1], [0], [0]],
  "1 6": [[0], [0], [1], [0], [0], [0]],
  "2 4": [
    [1, 0],
    [0, 1],
    [0, 0],
    [0, 0],
  ],
  "2 1": [[0.5, 0.5]],
  "4 1": [[0.25, 0.25, 0.25, 0.25]],
  "6 1": [[HALF_POWER, HALF_POWER, 1, 0, 0.5, 0.5]],
  "4 2": [
    [0.5, 0, 0.5, 0],
    [0, 0.5, 0, 0.5],
  ],
  "6 2": [
    [1, 0, HALF_POWER, 0, HALF_POWER, 0],
    [0, 1, HALF_POWER, 0, 0, HALF_POWER],
  ],
  "6 4": [
    [1, 0, HALF_POWER, 0, 0, 0],
    [0, 1, HALF_POWER, 0, 0, 0],
    [0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 0, 1],
  ],
  "4 6": [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
};

/** Mixes channels of equal length to another number of channels. */
export function mixChannels(channels: readonly Float32Array[], outputs: number): Float32Array[] {
  const length = channels[0]?.length ?? 0;
  return speakerMatrix(channels.length, outputs).map((gains) => {
    const mixed = new Float32Array(length);
    for (const [input, channel] of channels.entries()) {
      const gain = gains[input] ?? 0;
      if (gain === 0) continue;
      for (let index = 0; index < length; index++) {
        mixed[index] = (mixed[index] ?? 0) + (channel[index] ?? 0) * gain;
      }
    }
    return mixed;
  });
}
