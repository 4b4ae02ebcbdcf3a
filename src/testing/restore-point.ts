/**
 * Remembers the properties of some objects.
 *
 * @returns what puts back those that were changed since {@link RestorePoint.mark}ed
 */
export class RestorePoint {
  readonly #before: ReadonlyMap<object, PropertyDescriptorMap>;
  readonly #changes: (() => void)[] = [];

  constructor(objects: readonly object[]) {
    this.#before = new Map(objects.map((each) => [each, Object.getOwnPropertyDescriptors(each)]));
  }

  /** Counts what has changed until now as what to put back; later changes are of others. */
  mark(): void {
    for (const [object, before] of this.#before) {
      const after = Object.getOwnPropertyDescriptors(object);
      for (const key of Reflect.ownKeys(after)) {
        const [old, own] = [descriptorOf(before, key), descriptorOf(after, key)];
        if (own === undefined || isSame(old, own)) continue;
        this.#changes.push(() => putBack(object, key, { old, own }));
      }
    }
  }

  restore(): void {
    for (const change of this.#changes.splice(0)) change();
  }
}

interface Change {
  readonly old: PropertyDescriptor | undefined;
  readonly own: PropertyDescriptor;
}

function descriptorOf(
  map: PropertyDescriptorMap,
  key: PropertyKey,
): PropertyDescriptor | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function isSame(one: PropertyDescriptor | undefined, other: PropertyDescriptor): boolean {
  return (
    one !== undefined &&
    Object.is(one.value, other.value) &&
    one.get === other.get &&
    one.set === other.set
  );
}

/** What someone else put in its place meanwhile stays. */
function putBack(object: object, key: PropertyKey, { old, own }: Change): void {
  const now = Object.getOwnPropertyDescriptor(object, key);
  if (now === undefined || !isSame(now, own)) return;
  if (old === undefined) Reflect.deleteProperty(object, key);
  else Object.defineProperty(object, key, old);
}
