import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { decodeMarks } from "./decode.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { until } from "./until.ts";

const NGINX_RTMP = "/usr/lib/nginx/modules/ngx_rtmp_module.so";

/** Why nginx's RTMP server can't be had; undefined where it can. */
export function missingNginx(): string | undefined {
  return existsSync(NGINX_RTMP) ? undefined : "libnginx-mod-rtmp isn't installed";
}

/** A port that nothing listens to now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** A server of a test's own, which ends with it. */
function startServer(command: string, args: readonly string[]): ChildProcess {
  const server = spawn(command, args, { stdio: "ignore", detached: true });
  const { pid } = server;
  if (pid === undefined) throw new Error(`${command} didn't start`);
  onTestFinished(() => {
    // Its workers too.
    if (server.exitCode === null && server.signalCode === null) process.kill(-pid, "SIGKILL");
  });
  return server;
}

async function listening(port: number): Promise<void> {
  await until(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, "127.0.0.1", () => resolve(true));
        socket.on("connect", () => socket.destroy());
        socket.on("error", () => resolve(false));
      }),
  );
}

/** nginx with an application `live` that takes everybody, on this port. */
export async function startNginx(port: number): Promise<ChildProcess> {
  const folder = temporaryFolder();
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `load_module ${NGINX_RTMP}; daemon off; master_process off; pid ${folder}/pid;
     error_log ${folder}/error; events {}
     rtmp { server { listen 127.0.0.1:${port}; application live { live on; wait_key on; record off; } } }`,
  );
  const server = startServer("nginx", ["-p", folder, "-c", file]);
  await listening(port);
  return server;
}

/** node-media-server; it takes those alone that know its secret where it has one. */
export async function startNodeMediaServer(port: number, secret?: string): Promise<ChildProcess> {
  const folder = temporaryFolder();
  const configuration = {
    bind: "127.0.0.1",
    rtmp: { port },
    http: { port: await freePort() },
    store: { path: join(folder, "store") },
    record: { path: join(folder, "record") },
    auth: { play: false, publish: secret !== undefined, ...(secret && { secret }) },
  };
  const program = `new (require("node-media-server"))(${JSON.stringify(configuration)}).run()`;
  const server = startServer(process.execPath, ["-e", program]);
  await listening(port);
  return server;
}

/** Waits for a publisher by SRT and writes what comes into a file, for so many s. */
export function receiveSrt(
  port: number,
  seconds: number,
  query = "",
): { readonly file: string; readonly ended: Promise<unknown> } {
  const file = join(temporaryFolder(), "received.ts");
  const url = `srt://127.0.0.1:${port}?mode=listener${query}`;
  const receiver = startServer("ffmpeg", [
    ...["-v", "error", "-i", url, "-t", String(seconds), "-c", "copy", file],
  ]);
  return { file, ended: new Promise((resolve) => receiver.once("exit", resolve)) };
}

/** Reads so many pictures of a server's stream into a file, from a key frame on. */
export async function playRtmp(url: string, pictures: number): Promise<string> {
  const file = join(temporaryFolder(), "played.mkv");
  const input = ["-v", "error", "-rw_timeout", "20000000", "-i", url];
  const output = ["-map", "0:v", "-frames:v", String(pictures), "-c", "copy", file];
  await promisify(execFile)("ffmpeg", [...input, ...output]);
  return file;
}

/** The numbers that the synthetic camera burnt into the pictures of a file, in their order. */
export async function numbersIn(
  file: string,
  size: { readonly width: number; readonly height: number },
): Promise<number[]> {
  const marks = await decodeMarks(file, size);
  return marks.map(({ mark }) => mark?.number ?? Number.NaN);
}
