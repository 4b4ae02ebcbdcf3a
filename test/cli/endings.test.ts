import { once } from "node:events";
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeSound } from "../support/decode.ts";
import { probe } from "../support/probe.ts";
import { COMMAND, RunningCommand } from "../support/run-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";

const SYNTHETIC = ["--video", "synthetic", "--audio", "synthetic"];
const env = { USERMEDIA_BACKENDS: "synthetic" };
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

describe("the record command", () => {
  it("finishes at the first Ctrl-C and gives up with 130 at the second, keeping what it wrote", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "out.webm");
    const command = new RunningCommand(["record", ...SYNTHETIC, "out.webm"], folder, env);
    await until(() => sizeOf(file) > 50_000);
    // Stopped, so that both are there when it goes on: it can't have finished in between.
    command.child.kill("SIGSTOP");
    command.child.kill("SIGINT");
    command.child.kill("SIGTERM");
    command.child.kill("SIGCONT");
    const { code } = await command.ended;
    expect(code).toBe(130);
    expect((await probe(file)).durationS).toBeGreaterThan(0);
  });

  it.skipIf(process.platform === "win32")(
    "ends with 1 when the disk takes no more, and what it wrote until then is playable",
    async () => {
      const folder = temporaryFolder();
      const file = join(folder, "out.webm");
      // The largest file that it may write is of 200 kB: for a program as good as a full disk.
      const words = ["record", ...SYNTHETIC, "--duration", "120s", "out.webm"];
      const shell = `ulimit -f 200; exec "$0" "$@"`;
      const child = spawn("bash", ["-c", shell, process.execPath, COMMAND, ...words], {
        cwd: folder,
        env: { ...process.env, ...env },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let said = "";
      child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
      const [code] = (await once(child, "close")) as [number];
      expect(said).toContain("out.webm can't be written: the disk takes no larger file");
      expect(code).toBe(1);
      expect(sizeOf(file)).toBeLessThanOrEqual(200 * 1024);
      const { durationS, streams } = await probe(file);
      expect(streams.map(({ codec_type }) => codec_type).toSorted()).toEqual(["audio", "video"]);
      expect(durationS).toBeGreaterThan(0.5);
      expect((await decodeSound(file)).length).toBeGreaterThan(24_000);
    },
  );
});
