import { describe } from "vitest";
import { createAlsaBackend } from "../../../src/backends/alsa/alsa-backend.ts";
import { describeBackend } from "../../contract/backend.ts";

describe("the alsa backend, on the kernel's loopback card", () => {
  describeBackend(() => Promise.resolve({ backend: createAlsaBackend() }));
});
