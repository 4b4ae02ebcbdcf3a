import { optionalDictionary, required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import { any, domString, unsignedLong } from "../../webidl/primitives.ts";
import { eventInit } from "../realm/event-init.ts";
import type { EventInitDictionary } from "../realm/event-init.ts";

/** What an {@link ErrorEvent} is made from. */
export interface ErrorEventInit extends EventInitDictionary {
  message?: string;
  filename?: string;
  lineno?: number;
  colno?: number;
  error?: unknown;
}

/** The slots of an {@link ErrorEvent}. */
export const errorEventBrand = new Brand<Required<ErrorEventInit>, ErrorEvent>(
  "ErrorEvent",
  "Event",
);

/**
 * Something went wrong in the background: `error` of a MediaRecorder. Node has no such class of
 * its own; in a window, the window's is used.
 *
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#errorevent
 */
export class ErrorEvent extends Event {
  constructor(type: string, eventInitDict?: ErrorEventInit);
  constructor(...values: unknown[]) {
    const [type, init] = constructorArguments(errorEventInterface, values);
    super(type as string, init as ErrorEventInit);
    initialise(this, undefined, [type, init]);
  }

  /** The message of what went wrong. */
  get message(): string {
    return errorEventBrand.slotsOf(this).message;
  }

  /** The script, where an error was thrown by one. */
  get filename(): string {
    return errorEventBrand.slotsOf(this).filename;
  }

  /** The line of the script, from 1. */
  get lineno(): number {
    return errorEventBrand.slotsOf(this).lineno;
  }

  /** The column of the line, from 1. */
  get colno(): number {
    return errorEventBrand.slotsOf(this).colno;
  }

  /** What went wrong: a `DOMException` where a MediaRecorder fires the event. */
  get error(): unknown {
    return errorEventBrand.slotsOf(this).error;
  }
}

/** The `error` event of a MediaRecorder. */
export interface RecorderErrorEvent extends ErrorEvent {
  /** What ended the recording; its `message` says what to do. */
  readonly error: DOMException;
}

/** The IDL of {@link ErrorEvent}. */
export const errorEventInterface = defineInterface({
  brand: errorEventBrand,
  class: ErrorEvent,
  construct: {
    arguments: [
      required(domString),
      optionalDictionary(
        dictionary<ErrorEventInit, EventInitDictionary>(
          "ErrorEventInit",
          {
            message: domString,
            filename: domString,
            lineno: unsignedLong,
            colno: unsignedLong,
            error: any,
          },
          eventInit,
        ),
      ),
    ],
    inherited: (values) => values,
    initialise,
  },
});

function initialise(object: object, _realm: unknown, [, init]: readonly unknown[]): void {
  const defaults = { message: "", filename: "", lineno: 0, colno: 0, error: undefined };
  errorEventBrand.attach(object, {
    bubbles: false,
    cancelable: false,
    composed: false,
    ...defaults,
    ...(init as ErrorEventInit),
  });
}
