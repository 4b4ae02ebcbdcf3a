import type { ConstrainDOMString, MediaTrackConstraints } from "../../constraints/types.ts";
import type { DisplayMediaStreamOptions } from "./display-media-options.ts";

/**
 * What is wrong with the constraints of `getDisplayMedia()`, if anything: they shape the picture and
 * wish for a surface, but its user chooses it.
 *
 * @returns the end of a message
 * @see https://w3c.github.io/mediacapture-screen-share/#dom-mediadevices-getdisplaymedia
 */
export function displayFault(
  { advanced, ...basic }: MediaTrackConstraints,
  { monitorTypeSurfaces }: DisplayMediaStreamOptions,
): string | undefined {
  const advice = "can't select a display; its user does. Use max or ideal";
  if (advanced) return `advanced ${advice}`;
  for (const [name, constraint] of Object.entries(basic)) {
    if (typeof constraint !== "object" || Array.isArray(constraint)) continue;
    const fault = ["min", "exact"].find((member) => member in constraint);
    if (fault) return `${name}.${fault} ${advice}`;
  }
  return monitorTypeSurfaces === "exclude" && wishesMonitor(basic.displaySurface)
    ? 'displaySurface "monitor" contradicts monitorTypeSurfaces "exclude"'
    : undefined;
}

function wishesMonitor(constraint: ConstrainDOMString = []): boolean {
  const isPlain = typeof constraint === "string" || Array.isArray(constraint);
  return [isPlain ? constraint : (constraint.ideal ?? [])].flat().includes("monitor");
}
