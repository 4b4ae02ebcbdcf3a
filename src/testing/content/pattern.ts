import { TestPicture } from "../../backends/synthetic/test-picture.ts";
import type { VideoContent } from "./content.ts";

/**
 * A camera that sees the synthetic cameras' moving test picture: a frame number that people and
 * programs can read, and a flash at the first picture of each second. Same seed, same bytes.
 */
export function pattern(seed = 0): VideoContent {
  const pictures = new Map<string, TestPicture>();
  return ({ index, width, height, duration, timestamp }) => {
    const size = `${width}x${height}`;
    const picture = pictures.get(size) ?? new TestPicture(width, height, seed);
    pictures.set(size, picture);
    const elapsedUs = index * duration;
    return picture.draw({
      number: index,
      flash: elapsedUs % 1e6 < duration,
      timestamp,
      duration,
      wallMs: Math.floor(elapsedUs / 1000),
    });
  };
}
