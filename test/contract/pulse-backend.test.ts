import { afterAll, beforeAll, beforeEach, describe } from "vitest";

import { createPulseBackend } from "../../src/backends/pulse/index.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { describeBackend } from "./backend.ts";

describe("The pulse backend, on a real PulseAudio", () => {
  const reason = PulseServer.missing();
  let server: PulseServer;

  beforeAll(async () => {
    if (reason === undefined) server = await new PulseServer().start();
  });
  afterAll(async () => {
    await server?.close();
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });

  describeBackend(async () => ({
    backend: createPulseBackend({ env: server.env }),
    isShared: true,
  }));
});
