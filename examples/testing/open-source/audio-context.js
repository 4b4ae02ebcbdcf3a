/** jsdom has no Web Audio. This is as much of it as a level meter needs, over the window's tracks. */
export class AudioContext {
  createMediaStreamSource(stream) {
    const { readable } = new MediaStreamTrackProcessor({ track: stream.getAudioTracks()[0] });
    const source = {
      peak: 0,
      connect: (analyser) => (analyser.source = source),
      disconnect: () => undefined,
    };
    const measure = new WritableStream({
      write(data) {
        const samples = new Float32Array(data.numberOfFrames);
        data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
        data.close();
        source.peak = Math.max(...samples);
      },
    });
    void readable.pipeTo(measure);
    return source;
  }

  createAnalyser() {
    return {
      fftSize: 2048,
      get frequencyBinCount() {
        return this.fftSize / 2;
      },
      /** In dB: all of the level in each bin. */
      getFloatFrequencyData(bins) {
        bins.fill(20 * Math.log10(Math.max(this.source?.peak ?? 0, 1e-6)));
      },
      getFloatTimeDomainData(samples) {
        samples.fill(this.source?.peak ?? 0);
      },
      connect: () => undefined,
      disconnect: () => undefined,
    };
  }

  async resume() {}
  async close() {}
}
