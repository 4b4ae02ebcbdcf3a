import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { AudioData } from "../../media/audio-data.ts";
import { AudioConverter } from "../../media/samples/audio-converter.ts";
import { silence } from "../../media/silence.ts";

/** What an audio track makes of its source's samples: its own rate and channels, or silence. */
export class AudioView {
  #settings: MediaTrackSettings = {};
  #converter: { readonly key: string; readonly converter: AudioConverter } | undefined;

  configure(settings: MediaTrackSettings): void {
    this.#settings = settings;
  }

  /**
   * The track's own data, to be closed by whom it is given to; the source's stays as it is.
   * Nothing where a resampler doesn't have enough samples yet.
   */
  view(data: AudioData, enabled: boolean): AudioData | undefined {
    const source = enabled ? data : silence(data);
    try {
      return this.#convert(source);
    } finally {
      if (source !== data) source.close();
    }
  }

  #convert(data: AudioData): AudioData | undefined {
    const { sampleRate = data.sampleRate, channelCount = data.numberOfChannels } = this.#settings;
    if (sampleRate === data.sampleRate && channelCount === data.numberOfChannels) {
      return data.clone();
    }
    const key = `${data.sampleRate} ${sampleRate} ${channelCount}`;
    if (this.#converter?.key !== key) {
      const converter = new AudioConverter({
        fromRate: data.sampleRate,
        toRate: sampleRate,
        numberOfChannels: channelCount,
      });
      this.#converter = { key, converter };
    }
    return this.#converter.converter.convert(data);
  }
}
