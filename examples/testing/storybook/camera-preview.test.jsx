import { composeStories } from "@storybook/react";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import * as stories from "./camera-preview.stories.jsx";

const { Refused, Shown, TooLarge } = composeStories(stories);

afterEach(cleanup);

test.each([
  [Shown, "Front"],
  [Refused, "You said no"],
  [TooLarge, 'No camera meets width: {"min":4000}. Possible: 1 to 1920'],
])("the story %# shows its state", async (Story, text) => {
  await Story.run();
  expect(await screen.findByText(text)).toBeTruthy();
});
