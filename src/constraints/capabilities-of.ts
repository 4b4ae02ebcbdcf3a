import type { NumberProperty, SettingsFamily, ValueProperty } from "./candidate.ts";
import { lowestFrameRate } from "./candidates-for-camera.ts";
import type { CapabilityChoices, MediaTrackCapabilities, NumberRange } from "./types.ts";

/** Properties that have one value for a device, and so are no list in its capabilities. */
const singleValued: ReadonlySet<string> = new Set([
  "deviceId",
  "groupId",
  "displaySurface",
  "logicalSurface",
]);

/**
 * What the families of one device can do together, as `getCapabilities()` gives it: sizes from 1,
 * rates from 0, the aspect ratios between the narrowest and the widest size. Numbers that have
 * gaps between them are listed, too.
 *
 * @see https://w3c.github.io/mediacapture-main/#dom-mediatrackcapabilities
 */
export function capabilitiesOf(families: readonly SettingsFamily[]): MediaTrackCapabilities {
  const ranges: Partial<Record<NumberProperty, NumberRange>> = {};
  const lists: Partial<Record<ValueProperty, (string | boolean)[]>> = {};
  for (const { numbers, values } of families) {
    for (const name in numbers) uniteRange(ranges, name as NumberProperty, numbers);
    for (const name in values) uniteList(lists, name as ValueProperty, values);
  }
  const { frameRate, width, height } = ranges;
  if (frameRate && frameRate.min <= lowestFrameRate) frameRate.min = 0;
  const capabilities: Record<string, unknown> = { ...ranges };
  if (width && height) {
    capabilities["aspectRatio"] = { min: width.min / height.max, max: width.max / height.min };
  }
  for (const [name, list] of Object.entries(lists)) {
    capabilities[name] = singleValued.has(name) ? list[0] : list;
  }
  const choices = choicesOf(families, ranges);
  return choices ? { ...capabilities, choices } : capabilities;
}

const countedNames = ["sampleRate", "sampleSize", "channelCount"] as const;

/** The numbers of the properties whose ranges have gaps; `undefined` where none has. */
function choicesOf(
  families: readonly SettingsFamily[],
  ranges: Partial<Record<NumberProperty, NumberRange>>,
): CapabilityChoices | undefined {
  const choices: CapabilityChoices = {};
  for (const name of countedNames) {
    const numbers = singleNumbers(families, name);
    const range = ranges[name];
    if (range && numbers && numbers.length <= range.max - range.min) choices[name] = numbers;
  }
  return Object.keys(choices).length > 0 ? choices : undefined;
}

function uniteRange(
  ranges: Partial<Record<NumberProperty, NumberRange>>,
  name: NumberProperty,
  numbers: SettingsFamily["numbers"],
): void {
  const range = numbers[name];
  if (!range) return;
  const united = ranges[name];
  ranges[name] = {
    min: Math.min(range.min, united?.min ?? Infinity),
    max: Math.max(range.max, united?.max ?? -Infinity),
  };
}

/** The numbers of a property in ascending order; `undefined` where a family has a range of them. */
function singleNumbers(
  families: readonly SettingsFamily[],
  name: NumberProperty,
): number[] | undefined {
  const ranges = families.flatMap(({ numbers }) => numbers[name] ?? []);
  if (ranges.some(({ max, min }) => min !== max)) return undefined;
  return [...new Set(ranges.map(({ min }) => min))].toSorted((one, other) => one - other);
}

function uniteList(
  lists: Partial<Record<ValueProperty, (string | boolean)[]>>,
  name: ValueProperty,
  values: SettingsFamily["values"],
): void {
  const list = (lists[name] ??= []);
  for (const value of values[name] ?? []) if (!list.includes(value)) list.push(value);
}
