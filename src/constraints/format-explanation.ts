import type { Exclusion, OwnerExplanation } from "./explain-selection.ts";
import type { ConstrainableProperty } from "./properties.ts";
import type { MediaTrackCapabilities, MediaTrackSettings } from "./types.ts";

/**
 * An explanation for a person, a line for each owner:
 *
 * ```text
 * Integrated Camera: width is 1 to 1280, but at least 4000 is required
 * USB Camera: fitness distance 0.25 with 1280x720 at 30/s, resizeMode none
 * ```
 */
export function formatExplanation<Owner>(
  explanations: readonly OwnerExplanation<Owner>[],
  label: (owner: Owner) => string,
): string {
  return explanations
    .map((explanation) => `${label(explanation.owner)}: ${formatOne(explanation)}`)
    .join("\n");
}

function formatOne<Owner>(explanation: OwnerExplanation<Owner>): string {
  if (explanation.excludedBy) return formatExclusion(explanation.excludedBy);
  const distance = Number(explanation.distance.toFixed(3));
  return `fitness distance ${distance} with ${formatSettings(explanation.settings)}`;
}

function formatExclusion(exclusion: Exclusion): string {
  const set = exclusion.advancedSet === undefined ? "" : ` by advanced[${exclusion.advancedSet}]`;
  if (!exclusion.alone) {
    const all = exclusion.constraints.map((name) => `${name} ${formatRequired(exclusion, name)}`);
    return `has no setting with ${all.join(" and ")}${set && `, as required${set}`}`;
  }
  return exclusion.constraints
    .map((name) => {
      const offered = formatPossible(exclusion.offered, name);
      return `${name} is ${offered}, but ${formatRequired(exclusion, name)} is required${set}`;
    })
    .join("; ");
}

/** What is possible of a property, in words: `"1 to 1280"`, `"16000, 44100 or 48000"`. */
export function formatPossible(
  { choices = {}, ...capabilities }: MediaTrackCapabilities,
  name: string,
): string {
  // No device says which points of interest it has.
  const offers: Readonly<Partial<Record<string, unknown>>> = { ...capabilities, ...choices };
  return formatOffered(offers[name]);
}

function formatOffered(offered: unknown): string {
  if (Array.isArray(offered)) return offered.length > 0 ? formatChoice(offered) : "not known";
  if (typeof offered !== "object" || offered === null) {
    return offered === undefined ? "not known" : JSON.stringify(offered);
  }
  const { min, max } = offered as { min: number; max: number };
  return min === max ? `${min}` : `${formatNumber(min)} to ${formatNumber(max)}`;
}

function formatChoice(values: readonly unknown[]): string {
  const last = String(values.at(-1));
  return values.length < 2 ? last : `${values.slice(0, -1).join(", ")} or ${last}`;
}

function formatRequired({ required }: Exclusion, name: ConstrainableProperty): string {
  const constraint: unknown = required[name];
  if (typeof constraint !== "object" || constraint === null) return String(constraint);
  if (Array.isArray(constraint)) return constraint.join(" or ");
  const { min, max, exact } = constraint as { min?: number; max?: number; exact?: unknown };
  const parts: string[] = [];
  if (exact !== undefined) parts.push(Array.isArray(exact) ? exact.join(" or ") : String(exact));
  if (min !== undefined) parts.push(`at least ${min}`);
  if (max !== undefined) parts.push(`at most ${max}`);
  return parts.join(" and ");
}

function formatSettings(settings: MediaTrackSettings): string {
  const { width, height, frameRate, resizeMode, sampleRate, channelCount } = settings;
  const parts: string[] = [];
  if (width !== undefined && height !== undefined) {
    const rate = frameRate === undefined ? "" : ` at ${formatNumber(frameRate)}/s`;
    parts.push(`${width}x${height}${rate}`);
  }
  if (resizeMode !== undefined) parts.push(`resizeMode ${resizeMode}`);
  if (sampleRate !== undefined) parts.push(`${sampleRate} Hz`);
  if (channelCount !== undefined) {
    parts.push(`${channelCount} ${channelCount === 1 ? "channel" : "channels"}`);
  }
  return parts.join(", ");
}

function formatNumber(number: number): string {
  return String(Number(number.toFixed(3)));
}
