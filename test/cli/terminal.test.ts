import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { textWidth } from "../../src/host/text-width.ts";
import { COMMAND } from "../support/run-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { noTmuxBecause, TmuxTerminal } from "../support/tmux.ts";

const WIDTHS = [40, 80, 120];

async function opened(
  columns: number,
  environment: Record<string, string> = {},
): Promise<{ folder: string; terminal: TmuxTerminal }> {
  const folder = temporaryFolder();
  const terminal = await TmuxTerminal.open(
    { USERMEDIA_BACKENDS: "synthetic", USERMEDIA_CONFIG_DIR: folder, ...environment },
    { columns, rows: 150 },
  );
  await terminal.run(`cd ${folder}; usermedia() { ${process.execPath} ${COMMAND} "$@"; }; clear`);
  await terminal.shows(/^\$ *$/);
  return { folder, terminal };
}

let commands = 0;

/** What a command prints in a terminal, as lines that the terminal itself never broke. */
async function printed(terminal: TmuxTerminal, command: string): Promise<readonly string[]> {
  commands += 1;
  await terminal.run(`clear; ${command}; echo "ended: ${commands}"`);
  await terminal.shows(new RegExp(`^ended: ${commands}$`, "m"));
  return (await terminal.lines()).filter((line) => line !== "$");
}

describe.each(WIDTHS)("the command in a terminal of %i columns", (columns) => {
  beforeEach((context) => {
    if (noTmuxBecause !== undefined) context.skip(noTmuxBecause);
  });

  it("prints help whose lines all fit, between words", async () => {
    const { terminal } = await opened(columns);
    for (const command of ["", "record", "snapshot", "preview", "permission grant", "devices"]) {
      const lines = await printed(terminal, `usermedia ${command} --help`);
      expect(lines).toContain("Exit codes:");
      expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
    }
  });

  it("prints devices with their whole ids", async () => {
    const { terminal } = await opened(columns);
    const lines = await printed(terminal, "usermedia devices");
    expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
    expect(lines.join("\n")).toContain("synthetic:camera-1");
    expect(lines.some((line) => /^KIND +LABEL/.test(line))).toBe(columns >= 120);
  });

  it("lists permissions with paths that can be copied whole", async () => {
    const { folder, terminal } = await opened(columns);
    const path = join(folder, "程序-with-a-long-name");
    mkdirSync(path);
    writeFileSync(join(path, "package.json"), '{"name":"程序"}');
    await printed(terminal, `usermedia permission grant camera --app ${path}`);
    const lines = await printed(terminal, "usermedia permission list");
    expect(lines.join("\n")).toContain(path);
    const wide = lines.filter((line) => textWidth(line) > columns && !line.includes(path));
    expect(wide).toEqual([]);
  });

  it("shows how a recording stands in one line, whose parts are whole", async () => {
    const { terminal } = await opened(columns);
    const words = "record --video synthetic,320x240 --audio synthetic out.webm";
    await terminal.run(`clear; usermedia ${words}`);
    const meter = /^\d\d:\d\d\.\d .*\[[#-]{10}\] +(?:-?\d+ dB|silent)(?:  \d+ dropped)?$/m;
    const screen = await terminal.shows(meter);
    expect(screen.split("\n").filter((line) => line.includes("00:"))).toHaveLength(1);
    await terminal.press("C-c");
    await terminal.shows(/^out\.webm: /m);
  });
});

describe("the command in a terminal", () => {
  beforeEach((context) => {
    if (noTmuxBecause !== undefined) context.skip(noTmuxBecause);
  });

  it("has colors, and with NO_COLOR none", async () => {
    const bold = "\u001B[1m";
    const { terminal } = await opened(80);
    await printed(terminal, "usermedia --help; usermedia devices");
    expect(await terminal.styled()).toContain(bold);
    const plain = await opened(80, { NO_COLOR: "1" });
    await printed(plain.terminal, "usermedia --help; usermedia devices; usermedia devics");
    expect(await plain.terminal.styled()).not.toContain("\u001B[");
  });

  it("asks before it replaces a file, and keeps it unless the answer is yes", async () => {
    const { folder, terminal } = await opened(80);
    const file = join(folder, "out.png");
    writeFileSync(file, "precious");
    const content = () => execFileSync("head", ["-c", "8", file]).toString("latin1");
    for (const answer of ["n", "", "what"]) {
      await terminal.run("clear; usermedia snapshot --video synthetic out.png");
      await terminal.shows("out.png exists. Replace it? [y/N]");
      await terminal.run(answer);
      await terminal.shows("usermedia: out.png is kept as it was");
      expect(content()).toBe("precious");
    }
    await terminal.run("clear; usermedia snapshot --video synthetic out.png");
    await terminal.shows("out.png exists. Replace it? [y/N]");
    await terminal.press("C-c");
    await terminal.shows(/^\$ *$/m);
    expect(content()).toBe("precious");
    await terminal.run("clear; usermedia snapshot --video synthetic out.png");
    await terminal.shows("out.png exists. Replace it? [y/N]");
    await terminal.run("y");
    await terminal.shows("out.png: 640x480");
    expect(content()).toContain("PNG");
  });

  it("writes neither a recording nor a picture to the terminal", async () => {
    const { terminal } = await opened(80);
    await printed(terminal, "usermedia record --video synthetic --format webm -");
    await terminal.shows("isn't written to a terminal; redirect the output");
    await printed(terminal, "usermedia snapshot --video synthetic --format png -");
    expect(await terminal.screen()).toContain("A picture isn't written to a terminal");
  });

  it("shows text from outside without obeying it", async () => {
    const { folder, terminal } = await opened(80);
    const path = join(folder, "program");
    mkdirSync(path);
    const name = "\u001B[2J\u001B]0;evil\u0007\u202Egood";
    writeFileSync(join(path, "package.json"), JSON.stringify({ name }));
    await printed(terminal, `usermedia permission grant camera --app ${path}`);
    expect((await terminal.lines()).join("\n")).toContain(String.raw`Granted camera to \u{1b}[2J`);
    await printed(terminal, String.raw`usermedia record --video $'no\esuch' $'\e[31mred.webm'`);
    expect((await terminal.lines()).join("\n")).toContain(String.raw`called "no\u{1b}such"`);
    await printed(terminal, "usermedia permission list --json");
    expect((await terminal.lines()).join("\n")).toContain(String.raw`\u202egood`);
  });
});
