/** Interleaved samples of several channels to one: their mean, so that nothing clips or gets louder. */
export function mixToMono<Samples extends Int16Array | Float32Array>(
  samples: Samples,
  channels: number,
): Samples {
  const mono = samples.slice(0, samples.length / channels) as Samples;
  for (let frame = 0; frame < mono.length; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += samples[frame * channels + channel] ?? 0;
    }
    mono[frame] = sum / channels;
  }
  return mono;
}
