import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { grantPermissions } from "../../src/permission/management/manage-permissions.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = promisify(execFile);
const permission = resolve("dist/permission/index.js");
const postject = createRequire(import.meta.url).resolve("postject/dist/cli.js");
const tsx = resolve("node_modules/tsx/dist/cli.mjs");

/** Says on a line which program the broker takes this process for, and what that may do. */
function sayWhoAsks(module: string): string {
  return `import(${JSON.stringify(module)}).then(async ({ createPermissionBroker }) => {
    const broker = createPermissionBroker();
    const state = broker.query("camera");
    let asked;
    broker.setPermissionRequestHandler(({ application }) => { asked = application; return "denied" });
    await broker.request({ kinds: [{ name: "microphone", devices: [{ key: "test:1", label: "" }] }] });
    console.log("program " + JSON.stringify({ path: asked?.path, state }));
  })`;
}

const code = sayWhoAsks(pathToFileURL(permission).href);
const inModule = `await ${code}`;

/** A package whose main file and `main.js` say who asks; its camera is granted to `main.js` alone. */
async function grantedProgram() {
  const root = temporaryFolder();
  const app = join(root, "app");
  mkdirSync(join(app, "main"), { recursive: true });
  const packageFile = { name: "recorder", main: "start.js" };
  writeFileSync(join(app, "package.json"), JSON.stringify(packageFile));
  const scripts = ["main.js", "start.js", "index.js", "main/index.js", "typed.ts"];
  for (const script of scripts) writeFileSync(join(app, script), code);
  writeFileSync(join(app, "module.mjs"), inModule);
  writeFileSync(join(app, "none.cjs"), "");
  const folder = join(root, "config");
  await grantPermissions(["camera"], { application: join(app, "main.js"), folder });
  return { root, app, folder };
}

type Program = Awaited<ReturnType<typeof grantedProgram>>;

/** What the process that is started says of itself, without the folder that all is in. */
async function whoAsks(
  { app, folder, root }: Program,
  [file = "", ...args]: readonly string[],
  { input = "", cwd = app } = {},
) {
  const environment = { ...process.env, USERMEDIA_CONFIG_DIR: folder, NODE_NO_WARNINGS: "1" };
  const running = run(file, args, { cwd, env: environment });
  running.child.stdin?.end(input);
  const { stdout } = await running;
  const said = /^.*program (?<json>\{.*\})$/mu.exec(stdout)?.groups?.["json"] ?? stdout;
  const { path, state } = JSON.parse(said) as { path?: string; state: string };
  return [path?.replace(`${root}/`, ""), state];
}

const node = process.execPath;
const nobody = [undefined, "prompt"];

test.each<[string, string[], string?]>([
  ["-e, with a granted script as its argument", ["-e", code, "main.js"]],
  ["-e, with the script's whole path", ["-e", code, "{app}/main.js"]],
  ["-e, with a bare word", ["-e", code, "main"]],
  ["--eval=", [`--eval=${code}`, "{app}/main.js"]],
  ["-e of a module", ["--input-type=module", "-e", inModule, "{app}/main.js"]],
  ["-e after a preloaded script", ["-r", "./none.cjs", "-e", code, "{app}/main.js"]],
  ["-p", ["-p", code, "{app}/main.js"]],
  ["-pe", ["-pe", code, "{app}/main.js"]],
  ["standard input", ["-", "main.js"], code],
  ["standard input without a word", [], code],
  ["a module on standard input", ["--input-type=module", "-", "main.js"], inModule],
  ["a REPL", ["-i"], `${inModule.replaceAll("\n", " ")}\n`],
  ["tsx -e", [tsx, "-e", code, "{app}/main.js"]],
  ["a worker made from a text", ["-e", `new Worker(${JSON.stringify(code)}, { eval: true })`]],
])("code without a file has no file's grant: node %s", async (_name, args, input = "") => {
  const program = await grantedProgram();
  // Files of these names are there, and are not what runs.
  for (const name of ["-", "-.js", "[worker eval]"]) writeFileSync(join(program.app, name), "");
  const words = args.map((word) =>
    word
      .replace("{app}", program.app)
      .replace(/^new Worker/u, 'new (require("worker_threads").Worker)'),
  );
  expect(await whoAsks(program, [node, ...words], { input })).toEqual(nobody);
});

test.each<[string, string[], string, string]>([
  ["the script", ["main.js"], "app/main.js", "granted"],
  ["the script without its extension, beside a folder", ["main"], "app/main.js", "granted"],
  ["the same with a slash, which Node takes off", ["main/"], "app/main.js", "granted"],
  ["the folder", ["."], "app/start.js", "prompt"],
  ["another script", ["index"], "app/index.js", "prompt"],
  ["a preloaded script before it", ["--import", "./none.cjs", "main.js"], "app/main.js", "granted"],
  ["a module", ["module.mjs"], "app/module.mjs", "prompt"],
  ["tsx with TypeScript", [tsx, "typed.ts"], "app/typed.ts", "prompt"],
  ["tsx with the granted script", [tsx, "main.js"], "app/main.js", "granted"],
])("a program is the file that Node runs: %s", async (_name, args, path, state) => {
  expect(await whoAsks(await grantedProgram(), [node, ...args])).toEqual([path, state]);
});

test("`node .` keeps the package's manifest", async () => {
  const program = await grantedProgram();
  writeFileSync(
    join(program.app, "package.json"),
    '{"name":"recorder","usermedia":{"permissions":{"audio-capture":{"description":"Hears"}}}}',
  );
  expect(await whoAsks(program, [node, "."])).toEqual(["app/index.js", "denied"]);
});

test("an installed command is the script behind its link, wherever it is called from", async () => {
  const program = await grantedProgram();
  const bin = join(program.root, "bin");
  mkdirSync(bin);
  const script = join(program.app, "main.js");
  writeFileSync(script, `#!/usr/bin/env node\n${code}`, { mode: 0o755 });
  symlinkSync(script, join(bin, "recorder"));
  await run("chmod", ["755", script]);
  const command = [join(bin, "recorder")];
  expect(await whoAsks(program, command, { cwd: program.root })).toEqual([
    "app/main.js",
    "granted",
  ]);
});

test("npx runs a package's command under that package's identity", async () => {
  const program = await grantedProgram();
  const tool = join(program.app, "node_modules/tool");
  mkdirSync(join(program.app, "node_modules/.bin"), { recursive: true });
  mkdirSync(tool);
  writeFileSync(join(tool, "package.json"), '{"name":"tool","bin":"cli.js"}');
  writeFileSync(join(tool, "cli.js"), `#!/usr/bin/env node\n${code}`, { mode: 0o755 });
  symlinkSync("../tool/cli.js", join(program.app, "node_modules/.bin/tool"));
  expect(await whoAsks(program, ["npx", "--no-install", "tool", "main.js"])).toEqual([
    "app/node_modules/tool/cli.js",
    "prompt",
  ]);
});

test("a worker is its own script, also one of a program that was granted", async () => {
  const program = await grantedProgram();
  const start = `new (require("worker_threads").Worker)("./index.js", { argv: ["main.js"] })`;
  writeFileSync(join(program.app, "main.js"), start);
  expect(await whoAsks(program, [node, "main.js"])).toEqual(["app/index.js", "prompt"]);
  expect(await whoAsks(program, [node, "-e", start])).toEqual(["app/index.js", "prompt"]);
});

test("under a test runner the runner's script is the program", async () => {
  const program = await grantedProgram();
  writeFileSync(
    join(program.app, "some.test.mjs"),
    `import { test } from ${JSON.stringify(pathToFileURL(resolve("node_modules/vitest/dist/index.js")).href)};
     test("asks", async () => { ${inModule}; });`,
  );
  const vitest = [resolve("node_modules/vitest/vitest.mjs"), "run", "--root", program.app];
  const [path, state] = await whoAsks(program, [node, ...vitest, "--disable-console-intercept"]);
  expect(path).toMatch(/node_modules\/vitest\/dist\/workers\/forks\.js$/u);
  expect(state).toBe("prompt");
});

test("a bundle is its own file, and a single-file executable is the executable", async () => {
  const program = await grantedProgram();
  const { app, root } = program;
  const source = join(root, "source.js");
  writeFileSync(source, sayWhoAsks(permission));
  const bundle = join(app, "bundle.cjs");
  const format = { bundle: true, platform: "node", format: "cjs", logLevel: "error" } as const;
  await build({ ...format, entryPoints: [source], outfile: bundle });
  expect(await whoAsks(program, [node, "bundle.cjs"])).toEqual(["app/bundle.cjs", "prompt"]);

  const configuration = { main: bundle, output: "app.blob", disableExperimentalSEAWarning: true };
  writeFileSync(join(app, "sea.json"), JSON.stringify(configuration));
  await run(node, ["--experimental-sea-config", "sea.json"], { cwd: app });
  mkdirSync(join(root, "bin"));
  const executable = join(root, "bin/main.js");
  copyFileSync(node, executable);
  const fuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
  const blob = ["NODE_SEA_BLOB", join(app, "app.blob"), "--sentinel-fuse", fuse];
  await run(node, [postject, executable, ...blob]);
  const path = `${join(root, "bin")}:${process.env["PATH"]}`;
  const called = ["env", `PATH=${path}`, "main.js", join(app, "main.js")];
  // Called by a word that is also the name of a granted script in the folder.
  expect(await whoAsks(program, called)).toEqual(["bin/main.js", "prompt"]);
});
