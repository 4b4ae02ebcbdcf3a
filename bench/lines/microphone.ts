import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { PulseServer } from "../../test/support/pulse-server.ts";
import type { Line } from "../line.ts";
import { measure, median } from "../measure.ts";
import { arrivalDelays, type Piece } from "../arrival-delays.ts";

/** Sound of a private PulseAudio in a callback, at 10 ms; the same of `parec` in a pipe to Node. */
export const microphone: Line = {
  name: "microphone",
  missing: () => PulseServer.missing(),
  async run({ isQuick, runs }) {
    const seconds = isQuick ? 2 : 20;
    const server = await new PulseServer().start();
    const noise = playNoise(server);
    const environment = { ...server.env, USERMEDIA_BACKENDS: "pulse", USERMEDIA_INDICATOR: "none" };
    const inEnvironment = (...program: string[]) => [
      "env",
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      process.execPath,
      ...program,
    ];
    const ours = (...args: string[]) => inEnvironment("bench/programs/microphone.mjs", ...args);
    const peer = (...args: string[]) => inEnvironment("bench/programs/parec.mjs", ...args);
    const cpu: { ours: number; peer: number }[] = [];
    const delays: number[] = [];
    try {
      for (let run = 0; run < runs; run++) {
        cpu.push({
          ours: (await measure(ours(String(seconds)))).cpuS,
          peer: (await measure(peer(String(seconds)))).cpuS,
        });
        // At the same time, so that both are given the same samples.
        const both = await Promise.all([ours("3", "keep"), peer("3", "keep")].map(measure));
        const [one = [], other = []] = both.map(({ stdout }) => {
          return (JSON.parse(stdout) as { pieces: Piece[] }).pieces;
        });
        delays.push(median(arrivalDelays(one, other)));
      }
    } finally {
      noise.kill();
      await server.close();
    }
    const added = median(delays);
    return [
      {
        name: `microphone: CPU of ${seconds} s`,
        unit: "s",
        ours: median(cpu.map((each) => each.ours)),
        peer: median(cpu.map((each) => each.peer)),
        against: "parec in a pipe to Node",
        goal: { atMost: 1.5 },
      },
      {
        name: "microphone: the same sample later than by parec",
        unit: "ms",
        ours: added,
        peer: 5,
        against: "the goal",
        goal: { atMost: 1 },
      },
    ];
  },
};

/** No piece of it is like another, so that a sample can be found again. */
function playNoise(server: PulseServer) {
  const format = ["--format=s16le", "--rate=44100", "--channels=1", "--raw", "--device=room"];
  const player = spawn("pacat", format, { env: server.env, stdio: ["pipe", "ignore", "ignore"] });
  const { stdin } = player;
  stdin.on("error", () => undefined);
  const feed = (): void => {
    while (stdin.write(randomBytes(16_384)));
  };
  stdin.on("drain", feed);
  feed();
  return player;
}
