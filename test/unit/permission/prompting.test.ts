import { expect, test } from "vitest";
import { program, requestFor, isPending, ScriptedPrompt } from "./fixture.ts";

const cameras = {
  kinds: [
    {
      name: "camera",
      devices: [
        { key: "v4l2:a", label: "Desk" },
        { key: "v4l2:b", label: "Door" },
      ],
    },
  ],
} as const;

function prompted() {
  const prompt = new ScriptedPrompt();
  const it = program(undefined, { prompts: [prompt] });
  return { ...it, prompt, asked: it.broker() };
}

test("one prompt asks for both kinds of a call", async () => {
  const { prompt, asked } = prompted();
  const decisions = asked.request(requestFor("camera", "microphone"));
  await prompt.answer("once");
  expect((await decisions).map(({ state }) => state)).toEqual(["granted", "granted"]);
  expect(prompt.questions).toHaveLength(1);
});

test("a kind that is granted already is not asked for again", async () => {
  const { prompt, asked } = prompted();
  const first = asked.request(requestFor("camera"));
  await prompt.answer("once");
  await first;
  const both = asked.request(requestFor("camera", "microphone"));
  await prompt.answer("once");
  expect((await both).map(({ name }) => name)).toEqual(["camera", "microphone"]);
  expect(prompt.questions[1]?.kinds.map(({ name }) => name)).toEqual(["microphone"]);
});

test("calls made at the same time share a prompt", async () => {
  const { prompt, asked } = prompted();
  const both = asked.request(requestFor("camera", "microphone"));
  const one = asked.request(requestFor("microphone"));
  await prompt.answer("once");
  expect((await both).every(({ state }) => state === "granted")).toBe(true);
  expect((await one)[0]?.state).toBe("granted");
  expect(prompt.questions).toHaveLength(1);
});

test("a prompt for something else waits until the first is closed", async () => {
  const { prompt, asked } = prompted();
  const camera = asked.request(requestFor("camera"));
  await prompt.asked();
  const microphone = asked.request(requestFor("microphone"));
  expect(await isPending(microphone)).toBe(true);
  expect(prompt.questions).toHaveLength(1);
  await prompt.answer("once");
  expect((await camera)[0]?.state).toBe("granted");
  await prompt.answer("block");
  expect((await microphone)[0]?.state).toBe("denied");
});

test("no choice leaves all calls that share the prompt pending", async () => {
  const { prompt, asked } = prompted();
  const calls = [asked.request(requestFor("camera")), asked.request(requestFor("camera"))];
  await prompt.answer(undefined);
  for (const call of calls) expect(await isPending(call)).toBe(true);
  expect(asked.query("camera")).toBe("prompt");
});

test("a withdrawn request closes its prompt and stays pending", async () => {
  const { prompt, asked } = prompted();
  const controller = new AbortController();
  const call = asked.request({ ...requestFor("camera"), signal: controller.signal });
  await prompt.asked();
  controller.abort();
  expect(prompt.signals[0]?.aborted).toBe(true);
  expect(await isPending(call)).toBe(true);
});

test("a prompt stays open while another call still waits for it", async () => {
  const { prompt, asked } = prompted();
  const controller = new AbortController();
  const withdrawn = asked.request({ ...requestFor("camera"), signal: controller.signal });
  const kept = asked.request(requestFor("camera"));
  await prompt.asked();
  controller.abort();
  expect(prompt.signals[0]?.aborted).toBe(false);
  await prompt.answer("once");
  expect((await kept)[0]?.state).toBe("granted");
  expect(await isPending(withdrawn)).toBe(true);
});

test("a request that was withdrawn before it is made opens no prompt", async () => {
  const { prompt, asked } = prompted();
  const call = asked.request({ ...requestFor("camera"), signal: AbortSignal.abort() });
  expect(await isPending(call)).toBe(true);
  expect(prompt.questions).toEqual([]);
});

test("Allow once holds until the program ends, and for no other", async () => {
  const { prompt, asked, broker } = prompted();
  const call = asked.request(requestFor("camera"));
  await prompt.answer("once");
  await call;
  expect(asked.query("camera")).toBe("granted");
  expect(broker().query("camera")).toBe("prompt");
});

test("Allow always holds for the next run", async () => {
  const { prompt, asked, broker } = prompted();
  const call = asked.request(requestFor("camera"));
  await prompt.answer("always");
  await call;
  expect(broker().query("camera")).toBe("granted");
});

test("a picked device alone is granted", async () => {
  const { prompt, asked, broker } = prompted();
  const call = asked.request(cameras);
  await prompt.answer("always", { camera: "v4l2:b" });
  expect(await call).toEqual([{ name: "camera", state: "granted", deviceKey: "v4l2:b" }]);
  const next = broker();
  expect(next.query("camera", "v4l2:b")).toBe("granted");
  expect(next.query("camera", "v4l2:a")).toBe("prompt");
  expect(next.query("camera")).toBe("granted");
  expect(await next.request(cameras)).toEqual([
    { name: "camera", state: "granted", deviceKey: "v4l2:b" },
  ]);
});

test("a screen is asked for each time, and never always", async () => {
  const { prompt, asked } = prompted();
  for (const times of [1, 2]) {
    const call = asked.request(requestFor("display-capture"));
    await prompt.answer("once");
    expect((await call)[0]?.state).toBe("granted");
    expect(prompt.questions).toHaveLength(times);
  }
  expect(prompt.questions[0]?.canRemember).toBe(false);
  expect(asked.query("display-capture")).toBe("prompt");
  expect(asked.query("display-capture", "test:display-capture")).toBe("granted");
});

test("a program without a file is asked about each run", async () => {
  const prompt = new ScriptedPrompt();
  const { broker } = program(undefined, { prompts: [prompt] });
  const asked = broker({ entry: "/nowhere/at/all.js" });
  const call = asked.request(requestFor("camera"));
  await prompt.answer("block");
  expect((await call)[0]?.state).toBe("denied");
  expect(prompt.questions[0]?.canRemember).toBe(false);
  expect(asked.query("camera")).toBe("denied");
});

test("a prompt that fails makes way for the next", async () => {
  const failing = new ScriptedPrompt();
  failing.ask = () => Promise.reject(new Error("the terminal is gone"));
  const prompt = new ScriptedPrompt();
  const asked = program().broker({ prompts: [failing, prompt] });
  const call = asked.request(requestFor("camera"));
  await prompt.answer("once");
  expect((await call)[0]?.state).toBe("granted");
});

test("a call that wants the sound of a screen doesn't share a prompt for the screen alone", async () => {
  const { prompt, asked } = prompted();
  const [screen] = requestFor("display-capture").kinds;
  if (screen === undefined) throw new Error("no screen");
  const silent = asked.request({ kinds: [screen] });
  await prompt.asked();
  const heard = asked.request({ kinds: [{ ...screen, withSound: true }] });
  await prompt.answer("once");
  expect((await silent)[0]?.state).toBe("granted");
  await prompt.answer("block");
  expect((await heard)[0]?.state).toBe("denied");
  expect(prompt.questions.map(({ kinds }) => kinds[0]?.withSound)).toEqual([undefined, true]);
});

test("a call for the screen alone shares a prompt for the screen with its sound", async () => {
  const { prompt, asked } = prompted();
  const [screen] = requestFor("display-capture").kinds;
  if (screen === undefined) throw new Error("no screen");
  const calls = [
    asked.request({ kinds: [{ ...screen, withSound: true }] }),
    asked.request({ kinds: [screen] }),
  ];
  await prompt.answer("once");
  for (const call of calls) expect((await call)[0]?.state).toBe("granted");
  expect(prompt.questions).toHaveLength(1);
});
