import { isNumberRequired } from "./normalize.ts";
import type {
  NormalizedConstraintSet,
  NumberConstraint,
  Value,
  ValueConstraint,
} from "./normalize.ts";
import type { NumberRange } from "./types.ts";

/** What several constraint sets require together: the intersection of their required constraints. */
export interface Requirements {
  readonly numbers: ReadonlyMap<NumberConstraint["name"], NumberRange>;
  readonly values: ReadonlyMap<ValueConstraint["name"], readonly Value[]>;
}

export const noRequirements: Requirements = { numbers: new Map(), values: new Map() };

/** What is left of `requirements` when `set` must hold too. A range may be left without a number. */
export function narrowRequirements(
  requirements: Requirements,
  set: NormalizedConstraintSet,
): Requirements {
  const numbers = new Map(requirements.numbers);
  for (const constraint of set.numbers) {
    if (!isNumberRequired(constraint)) continue;
    const range = numbers.get(constraint.name);
    numbers.set(constraint.name, {
      min: Math.max(constraint.min, range?.min ?? -Infinity),
      max: Math.min(constraint.max, range?.max ?? Infinity),
    });
  }
  const values = new Map(requirements.values);
  for (const { name, exact } of set.values) {
    if (!exact) continue;
    const list = values.get(name);
    values.set(name, list ? list.filter((value) => exact.includes(value)) : exact);
  }
  return { numbers, values };
}
