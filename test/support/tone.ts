/** The frequency (Hz) of a pure tone, from where it crosses zero upwards. */
export function dominantFrequency(samples: Float32Array, sampleRate: number): number {
  const crossings = upwardCrossings(samples);
  const first = crossings[0] ?? 0;
  const last = crossings.at(-1) ?? 0;
  return ((crossings.length - 1) * sampleRate) / (last - first);
}

/** As {@link dominantFrequency}, where the tone may have gaps: of most of its periods. */
export function usualFrequency(samples: Float32Array, sampleRate: number): number {
  const crossings = upwardCrossings(samples);
  const periods = crossings.slice(1).map((crossing, index) => crossing - (crossings[index] ?? 0));
  return sampleRate / (periods.sort((a, b) => a - b)[Math.floor(periods.length / 2)] ?? 0);
}

/** Where samples cross zero upwards, in samples. */
function upwardCrossings(samples: Float32Array): number[] {
  const crossings: number[] = [];
  for (let index = 1; index < samples.length; index += 1) {
    const before = samples[index - 1] ?? 0;
    const after = samples[index] ?? 0;
    if (before < 0 && after >= 0) crossings.push(index - 1 + before / (before - after));
  }
  return crossings;
}

/** The largest difference of two neighbouring samples: a gap in a tone shows as a large one. */
export function largestStep(samples: Float32Array): number {
  let largest = 0;
  for (let index = 1; index < samples.length; index += 1) {
    largest = Math.max(largest, Math.abs((samples[index] ?? 0) - (samples[index - 1] ?? 0)));
  }
  return largest;
}

/** Root mean square. */
export function loudness(samples: Float32Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return Math.sqrt(sum / samples.length);
}
