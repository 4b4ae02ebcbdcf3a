/** What a device is known by. */
export interface KnownDevice {
  readonly id: string;
  readonly label: string;
}

/** The device of this id; or else the one whose label, or of which a part of it, is `text`. */
export function matchDevice<Device extends KnownDevice>(
  devices: readonly Device[],
  text: string,
): Device | { readonly ambiguous: readonly Device[] } | undefined {
  const wanted = text.toLowerCase();
  const exact = devices.find(({ id, label }) => id === text || label === text);
  if (exact !== undefined) return exact;
  const partly = devices.filter(({ label }) => label.toLowerCase().includes(wanted));
  return partly.length > 1 ? { ambiguous: partly } : partly[0];
}
