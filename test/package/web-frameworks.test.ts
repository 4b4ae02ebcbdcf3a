import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { noteCompatibility } from "../support/compatibility.ts";
import { packedPackage, RECORDING_PROGRAM, SYNTHETIC } from "../support/packed-package.ts";

const run = promisify(execFile);
const packed = packedPackage();
const install = ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];

const ROUTE = `${RECORDING_PROGRAM.replace(/\nconst stream/, '\nexport const dynamic = "force-dynamic";\nexport async function GET() {\nconst stream').replace(/console\.log\((.*)\);/, "return new Response($1);")}}`;

test("Next.js: a standalone server, configured as docs/bundlers.md says, records", async () => {
  const folder = await packed.folder("next");
  const packages = ["next@16", "react@19", "react-dom@19", packed.tarball];
  await run("npm", [...install, ...packages], { cwd: folder });
  const page = await readFile("docs/bundlers.md", "utf8");
  const [, config = ""] =
    /```js\n(export default \{\n {2}output: "standalone"[^`]*)```/.exec(page) ?? [];
  await writeFile(join(folder, "next.config.mjs"), config);
  await mkdir(join(folder, "app/record"), { recursive: true });
  await writeFile(
    join(folder, "app/layout.js"),
    "export default ({ children }) => <html><body>{children}</body></html>;",
  );
  await writeFile(join(folder, "app/record/route.js"), ROUTE);
  const env = { ...process.env, ...SYNTHETIC, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: undefined };
  const next = join(folder, "node_modules/next/dist/bin/next");
  await run(process.execPath, [next, "build"], { cwd: folder, env });

  const standalone = join(folder, ".next/standalone");
  const server = spawn(process.execPath, ["server.js"], {
    cwd: standalone,
    env: { ...env, HOSTNAME: "127.0.0.1", PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    server.kill();
    await once(server, "exit");
  });
  let address: string | undefined;
  for await (const line of createInterface(server.stdout)) {
    address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? address;
    if (line.includes("Ready")) break;
  }
  const answer = await fetch(`${address}/record`);
  expect(await answer.text()).toBe("recorded");
  noteCompatibility("Bundlers", "Next.js 16, standalone", "a route of the server recorded");
});

test("Parcel: finds the browser's entry for a page, and a program for Node that it builds records", async () => {
  const folder = await packed.folder("parcel", {
    targets: {
      page: { source: "index.html", distDir: "page" },
      server: {
        source: "program.mjs",
        distDir: "server",
        context: "node",
        outputFormat: "esmodule",
        engines: { node: ">=20" },
      },
    },
    type: "module",
  });
  await run("npm", [...install, "parcel@2", packed.tarball], { cwd: folder });
  await writeFile(join(folder, "index.html"), '<script type="module" src="page.js"></script>');
  await writeFile(join(folder, "page.js"), PAGE);
  await writeFile(join(folder, "program.mjs"), RECORDING_PROGRAM);
  const parcel = join(folder, "node_modules/parcel/lib/bin.js");
  await run(process.execPath, [parcel, "build", "--no-cache"], { cwd: folder });
  const files = await readdir(join(folder, "page"));
  const [script = ""] = files.filter((file) => file.endsWith(".js"));
  const code = await readFile(join(folder, "page", script), "utf8");
  expect(code).toContain("of node-usermedia works in Node.js only");
  const env = { ...process.env, ...SYNTHETIC };
  const { stdout } = await run(process.execPath, ["server/program.js"], { cwd: folder, env });
  expect(stdout.trim()).toBe("recorded");
  noteCompatibility("Bundlers", "Parcel 2", "a page has the browser's shim; a program recorded");
});

const PAGE = `import { navigator, pcm } from "node-usermedia";
navigator.getUserMedia({ audio: true }, (stream) => console.log(pcm, stream), console.error);`;
