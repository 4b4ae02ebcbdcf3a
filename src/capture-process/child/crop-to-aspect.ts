export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The largest part of a picture, in its middle, that has the aspect; on whole chroma samples. */
export function cropToAspect(
  size: { readonly width: number; readonly height: number },
  aspect: number,
): Crop {
  const { width, height } = size;
  const whole = { x: 0, y: 0, width, height };
  if (Math.abs(width / height - aspect) * height < 2) return whole;
  if (width / height > aspect) {
    const part = Math.max(2, even(height * aspect));
    return { ...whole, x: even((width - part) / 2), width: part };
  }
  const part = Math.max(2, even(width / aspect));
  return { ...whole, y: even((height - part) / 2), height: part };
}

function even(value: number): number {
  return Math.floor(value / 2) * 2;
}
