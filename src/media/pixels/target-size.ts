export interface PictureSize {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
}

/** The size that is asked for; where a side isn't, the source's shape gives it. */
export function targetSize(
  { width, height }: { readonly width?: number; readonly height?: number },
  source: PictureSize,
): PictureSize {
  if (width !== undefined && height !== undefined) return { width, height };
  if (width !== undefined) {
    return { width, height: Math.max(1, Math.round((width * source.height) / source.width)) };
  }
  if (height !== undefined) {
    return { width: Math.max(1, Math.round((height * source.width) / source.height)), height };
  }
  return { width: source.width, height: source.height };
}
