import * as fc from "fast-check";
import { afterEach, expect, test } from "vitest";

import { type DeviceConfiguration } from "../../../../src/contract/device.ts";
import { DeviceError } from "../../../../src/contract/device-error.ts";
import { type DeviceSession } from "../../../../src/contract/session.ts";
import { Command } from "../../../../src/backends/pulse/commands.ts";
import { createPulseBackend } from "../../../../src/backends/pulse/index.ts";
import { TagstructWriter } from "../../../../src/backends/pulse/tagstruct-writer.ts";
import {
  type Answer,
  block,
  errorReply,
  event,
  ordinaryAnswer,
  reply,
  startScriptedPulseServer,
} from "../../../support/scripted-pulse-server.ts";

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function backendOn(answer: Answer, timeoutMs = 5000) {
  const server = await startScriptedPulseServer(answer);
  cleanUps.push(() => server.close());
  return createPulseBackend({ env: server.env, timeoutMs });
}

const configuration: DeviceConfiguration = {
  kind: "audio",
  mode: { sampleRate: 48_000, channelCount: 2, sampleSize: 16, latency: { min: 0.005, max: 2 } },
};

const AUDIO_SILENCE = Buffer.alloc(3840);

test("Without a server there are no microphones, and nothing can be opened", async () => {
  const backend = createPulseBackend({ env: { PULSE_SERVER: "/nonexistent/native" } });
  await expect(backend.listDevices()).resolves.toEqual([]);
  await expect(backend.open("mic", configuration)).rejects.toMatchObject({ code: "not-found" });
});

test("An ordinary server's source is a microphone", async () => {
  const backend = await backendOn(ordinaryAnswer);
  await expect(backend.listDevices()).resolves.toMatchObject([
    { hardwareId: "mic", label: "Scripted Microphone", isDefault: true },
  ]);
});

test("A server that keeps the user out is an error that says what to do", async () => {
  const backend = await backendOn((command, tag, socket) =>
    command === Command.auth ? errorReply(tag, 1) : ordinaryAnswer(command, tag, socket),
  );
  await expect(backend.listDevices()).rejects.toMatchObject({
    code: "not-allowed",
    message: expect.stringContaining("PULSE_COOKIE"),
  });
});

test("A server older than 2012 is an error that names both versions", async () => {
  const backend = await backendOn((command, tag, socket) =>
    command === Command.auth
      ? reply(tag, new TagstructWriter().u32(16))
      : ordinaryAnswer(command, tag, socket),
  );
  await expect(backend.listDevices()).rejects.toThrow(/version 16 .* 24/);
});

test.each([
  ["to the first word", Command.auth],
  ["for a list", Command.getSourceInfoList],
  ["to record", Command.createRecordStream],
])("A server that never answers %s is given up", async (_name, silentCommand) => {
  const backend = await backendOn(
    (command, tag, socket) =>
      command === silentCommand ? undefined : ordinaryAnswer(command, tag, socket),
    50,
  );
  await expect(backend.open("mic", configuration)).rejects.toMatchObject({ code: "failed" });
});

test("A server that goes away in the middle of a request is an error", async () => {
  const backend = await backendOn((command, tag, socket) => {
    if (command !== Command.createRecordStream) return ordinaryAnswer(command, tag, socket);
    socket.destroy();
    return undefined;
  });
  await expect(backend.open("mic", configuration)).rejects.toMatchObject({ code: "failed" });
  await expect(backend.listDevices()).resolves.toHaveLength(1);
});

test.each([
  [5, "not-found"],
  [1, "not-allowed"],
  [26, "busy"],
  [15, "failed"],
])("Error %i of the server while opening is %s", async (code, expected) => {
  const backend = await backendOn((command, tag, socket) =>
    command === Command.createRecordStream
      ? errorReply(tag, code)
      : ordinaryAnswer(command, tag, socket),
  );
  await expect(backend.open("mic", configuration)).rejects.toMatchObject({ code: expected });
});

test("What isn't a microphone's mode is refused before the server is asked", async () => {
  const backend = await backendOn(ordinaryAnswer);
  const { mode } = configuration as Extract<DeviceConfiguration, { kind: "audio" }>;
  const surround: DeviceConfiguration = { kind: "audio", mode: { ...mode, channelCount: 6 } };
  await expect(backend.open("mic", surround)).rejects.toThrow("ask for 1 or 2");
});

/** Sends `extra` right behind the answer to createRecordStream, in one piece. */
const afterCreation =
  (extra: Buffer): Answer =>
  (command, tag, socket) => {
    const answer = ordinaryAnswer(command, tag, socket) ?? Buffer.alloc(0);
    return command === Command.createRecordStream ? Buffer.concat([answer, extra]) : answer;
  };

const untilEnded = async (answer: Answer): Promise<DeviceError> => {
  const backend = await backendOn(answer);
  const session = await backend.open("mic", configuration).catch((error: unknown) => error);
  if (session instanceof DeviceError) return session;
  return new Promise((ended) => {
    (session as DeviceSession).start({
      frame: (frame) => frame.close(),
      muted: () => undefined,
      ended,
    });
  });
};

test.each([
  ["killed", event(Command.recordStreamKilled, new TagstructWriter().u32(5))],
  [
    "moved to another device",
    event(Command.recordStreamMoved, new TagstructWriter().u32(5).u32(1).string("other")),
  ],
  ["sent half a sample", block(5, Buffer.alloc(3))],
])("A stream that is %s at once ends, and isn't lost sight of", async (_name, extra) => {
  await expect(untilEnded(afterCreation(extra))).resolves.toBeInstanceOf(DeviceError);
});

test("Blocks that come before the first latency are delivered with their time", async () => {
  const blocks = Buffer.concat([block(5, AUDIO_SILENCE), block(5, AUDIO_SILENCE)]);
  let send: (() => void) | undefined;
  const backend = await backendOn((command, tag, socket) => {
    if (command === Command.createRecordStream) send = () => socket.write(blocks);
    return ordinaryAnswer(command, tag, socket);
  });
  const session = await backend.open("mic", configuration);
  session.wantFrames(true);
  const timestamps: number[] = [];
  await new Promise<void>((resolve, reject) => {
    session.start({
      frame: (frame) => {
        timestamps.push(frame.timestamp);
        frame.close();
        if (timestamps.length === 2) resolve();
      },
      muted: () => undefined,
      ended: reject,
    });
    send?.();
  });
  await session.close();
  const [first = 0, second = 0] = timestamps;
  expect(second - first).toBe(20_000);
  expect(first).toBeLessThan(Number(process.hrtime.bigint() / 1000n));
});

test("A session whose server suspends the device is muted until it runs again", async () => {
  const suspended = (value: boolean): Buffer =>
    event(Command.recordStreamSuspended, new TagstructWriter().u32(5).boolean(value));
  let send: ((bytes: Buffer) => void) | undefined;
  const backend = await backendOn((command, tag, socket) => {
    if (command === Command.createRecordStream) send = (bytes) => socket.write(bytes);
    return ordinaryAnswer(command, tag, socket);
  });
  const session = await backend.open("mic", configuration);
  const states: boolean[] = [];
  await new Promise<void>((resolve, reject) => {
    session.start({
      frame: (frame) => frame.close(),
      muted: (muted) => {
        states.push(muted);
        if (states.length === 2) resolve();
      },
      ended: reject,
    });
    send?.(Buffer.concat([suspended(true), suspended(true), suspended(false)]));
  });
  await session.close();
  expect(states).toEqual([true, false]);
});

test("Whatever a hostile server sends, calls settle with a list, a session or a DeviceError", async () => {
  const garbage = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
  const mutation = fc.record({
    command: fc.constantFrom(
      Command.auth,
      Command.getServerInfo,
      Command.getSourceInfoList,
      Command.createRecordStream,
      Command.getRecordLatency,
    ),
    at: fc.integer({ min: 0, max: 200 }),
    with: garbage,
    cut: fc.boolean(),
    hangUp: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(mutation, async (change) => {
      const server = await startScriptedPulseServer((command, tag, socket) => {
        const answer = ordinaryAnswer(command, tag, socket);
        if (answer === undefined || command !== change.command) return answer;
        change.with.copy(answer, Math.min(change.at, answer.length));
        if (change.hangUp) socket.end();
        return change.cut ? answer.subarray(0, change.at) : answer;
      });
      const backend = createPulseBackend({ env: server.env, timeoutMs: 30 });
      const list = backend.listDevices().catch((error: unknown) => error);
      const session = await backend.open("mic", configuration).catch((error: unknown) => error);
      expect((await list) instanceof DeviceError || Array.isArray(await list)).toBe(true);
      expect(session).toSatisfy(
        (outcome) => outcome instanceof DeviceError || typeof outcome.close === "function",
      );
      if (!(session instanceof DeviceError)) await (session as DeviceSession).close();
      await server.close();
    }),
    { numRuns: 300, endOnFailure: true },
  );
});
