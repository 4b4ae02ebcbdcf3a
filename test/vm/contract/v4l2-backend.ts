import { describe } from "vitest";
import { createV4l2Backend } from "../../../src/backends/v4l2/v4l2-backend.ts";
import { describeBackend } from "../../contract/backend.ts";

describe("the v4l2 backend, on the kernel's vivid driver", () => {
  describeBackend(() => Promise.resolve({ backend: createV4l2Backend() }));
});
