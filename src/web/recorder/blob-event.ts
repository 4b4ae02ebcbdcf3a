import { required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import type { Converter } from "../../webidl/converter.ts";
import { conversionError } from "../../webidl/converter.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import { domString, double } from "../../webidl/primitives.ts";
import { eventInit } from "../realm/event-init.ts";
import type { EventInitDictionary } from "../realm/event-init.ts";

/** What a {@link BlobEvent} is made from. */
export interface BlobEventInit extends EventInitDictionary {
  data: Blob;
  /** ms */
  timecode?: number;
}

/** The slots of a {@link BlobEvent}. */
export interface BlobEventSlots {
  readonly data: Blob;
  readonly timecode: number;
}

export const blobEventBrand = new Brand<BlobEventSlots, BlobEvent>("BlobEvent", "Event");

/**
 * Data of a recording: `dataavailable` of a MediaRecorder.
 * @see https://w3c.github.io/mediacapture-record/#blobevent-section
 */
export class BlobEvent extends Event {
  constructor(type: string, eventInitDict: BlobEventInit);
  constructor(...values: unknown[]) {
    const [type, init] = constructorArguments(blobEventInterface, values);
    super(type as string, init as BlobEventInit);
    initialise(this, undefined, [type, init]);
  }

  /** What was recorded since the last event. */
  get data(): Blob {
    return blobEventBrand.slotsOf(this).data;
  }

  /** ms from the first chunk of the recording to the first chunk of this data. */
  get timecode(): number {
    return blobEventBrand.slotsOf(this).timecode;
  }
}

/** A window's Blob is no instance of Node's, so it is known by its name. */
const blob: Converter<Blob> = (value, context) => {
  if (value instanceof Blob || Object.prototype.toString.call(value) === "[object Blob]") {
    return value as Blob;
  }
  throw conversionError(context, "is not of type 'Blob'");
};

/** The IDL of {@link BlobEvent}. */
export const blobEventInterface = defineInterface({
  brand: blobEventBrand,
  class: BlobEvent,
  construct: {
    arguments: [
      required(domString),
      required(
        dictionary<BlobEventInit, EventInitDictionary>(
          "BlobEventInit",
          { data: { type: blob, required: true }, timecode: double },
          eventInit,
        ),
      ),
    ],
    inherited: (values) => values,
    initialise,
  },
});

function initialise(object: object, _realm: unknown, [, init]: readonly unknown[]): void {
  const { data, timecode = 0 } = init as BlobEventInit;
  blobEventBrand.attach(object, { data, timecode });
}
