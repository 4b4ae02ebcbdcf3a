import * as v from "valibot";

/** What a desktop's user chose to share, as far as the desktop tells. */
export const chosenSurface = v.object({
  surface: v.picklist(["monitor", "window"]),
  /** Whether the pointer is in the picture. */
  showsCursor: v.boolean(),
  /** Restores the choice once, without asking; only where its user wants that. */
  restoreToken: v.optional(v.string()),
});

export type ChosenSurface = v.InferOutput<typeof chosenSurface>;
