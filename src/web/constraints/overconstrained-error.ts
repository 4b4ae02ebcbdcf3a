import { optional, required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { domString } from "../../webidl/primitives.ts";

const name = "OverconstrainedError";

/** The slots of an {@link OverconstrainedError}. */
export const overconstrainedErrorBrand = new Brand<
  { readonly constraint: string },
  OverconstrainedError
>(name, "DOMException");

/**
 * No settings meet the required constraints.
 * @see https://w3c.github.io/mediacapture-main/#overconstrainederror-interface
 */
export class OverconstrainedError extends DOMException {
  constructor(constraint: string, message?: string);
  constructor(...values: unknown[]) {
    const converted = constructorArguments(overconstrainedErrorInterface, values);
    super(converted[1] as string, name);
    initialise(this, undefined, converted);
  }

  /** The constraint that can't be met, or `""` where that isn't told. */
  get constraint(): string {
    return overconstrainedErrorBrand.slotsOf(this).constraint;
  }
}

/** The IDL of {@link OverconstrainedError}. */
export const overconstrainedErrorInterface = defineInterface({
  brand: overconstrainedErrorBrand,
  class: OverconstrainedError,
  construct: {
    arguments: [required(domString), optional(domString, "")],
    inherited: ([, message]) => [message, name],
    initialise,
  },
});

function initialise(object: object, _realm: unknown, [constraint]: readonly unknown[]): void {
  overconstrainedErrorBrand.attach(object, { constraint: constraint as string });
}
