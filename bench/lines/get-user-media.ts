import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import puppeteer from "puppeteer-core";
import type { Line } from "../line.ts";
import { measure, median } from "../measure.ts";

interface Result {
  readonly perSecond: number;
  readonly firstFrameMs: number;
}

const CHROMIUM = "/usr/bin/chromium";
const SCRIPT = "bench/programs/measure-calls.mjs";

/** The same script on the synthetic camera here and on the fake one of Chromium. */
export const getUserMediaCalls: Line = {
  name: "getUserMedia",
  missing: () => (existsSync(CHROMIUM) ? undefined : `${CHROMIUM} isn't installed`),
  async run({ isQuick, runs }) {
    const calls = isQuick ? 20 : 200;
    const ours: Result[] = [];
    const peer: Result[] = [];
    for (let run = 0; run < runs; run++) {
      const environment = ["USERMEDIA_BACKENDS=synthetic", "USERMEDIA_INDICATOR=none"];
      const program = [process.execPath, "bench/programs/calls.mjs", String(calls)];
      ours.push(JSON.parse((await measure(["env", ...environment, ...program])).stdout) as Result);
      peer.push(await runInChromium(calls));
    }
    const against = "Chromium, fake camera";
    return [
      {
        name: "getUserMedia: calls per second",
        unit: "/s",
        ours: median(ours.map(({ perSecond }) => perSecond)),
        peer: median(peer.map(({ perSecond }) => perSecond)),
        against,
        goal: { atLeast: 1 },
      },
      {
        name: "getUserMedia: call to first frame",
        unit: "ms",
        ours: median(ours.map(({ firstFrameMs }) => firstFrameMs)),
        peer: median(peer.map(({ firstFrameMs }) => firstFrameMs)),
        against,
        goal: { atMost: 1 },
      },
    ];
  },
};

async function runInChromium(calls: number): Promise<Result> {
  const types = { "/": "text/html", "/script.mjs": "text/javascript" } as const;
  const server = createServer(({ url }, response) => {
    response.setHeader("Content-Type", url === "/script.mjs" ? types[url] : types["/"]);
    response.end(url === "/script.mjs" ? readFileSync(SCRIPT) : "<!doctype html><title>-</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await puppeteer.launch({
    executablePath: CHROMIUM,
    args: [
      ..."--no-sandbox --disable-gpu --disable-quic --disable-background-networking".split(" "),
      "--use-fake-device-for-media-stream=fps=30",
      "--use-fake-ui-for-media-stream",
    ],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/`);
    const text = await page.evaluate(
      `import("/script.mjs").then(async ({ measureCalls }) => JSON.stringify(await measureCalls({
        mediaDevices: navigator.mediaDevices, MediaStreamTrackProcessor, calls: ${calls} })))`,
    );
    return JSON.parse(String(text)) as Result;
  } finally {
    await browser.close();
    server.close();
  }
}
