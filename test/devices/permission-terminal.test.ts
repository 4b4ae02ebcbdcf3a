import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { noTmuxBecause, TmuxTerminal } from "../support/tmux.ts";

const script = fileURLToPath(new URL("permission-program.mjs", import.meta.url));
const ready = "Esc: decide later";
const showModes =
  "stty -a | tr ' ;' '\\n\\n' | grep -xE -- '-?(icanon|echo|isig|opost)' | tr '\\n' ' '";

beforeEach((ctx) => {
  if (noTmuxBecause !== undefined) ctx.skip(noTmuxBecause);
});

async function program(size?: { columns: number; rows: number }, name = "recorder") {
  const folder = temporaryFolder();
  const app = join(folder, "app");
  mkdirSync(app);
  const entry = join(app, "main.mjs");
  writeFileSync(entry, `await import(${JSON.stringify(script)});\n`);
  writeFileSync(
    join(app, "package.json"),
    JSON.stringify({
      name,
      usermedia: {
        permissions: {
          "video-capture": { description: "Films the experiment" },
          "audio-capture": { description: "Hears the experiment" },
        },
      },
    }),
  );
  const config = join(folder, "config");
  const terminal = await TmuxTerminal.open(
    {
      USERMEDIA_CONFIG_DIR: config,
      USERMEDIA_PROMPT: "auto",
      USERMEDIA_RUNTIME_DIR: join(folder, "run"),
      NO_COLOR: "1",
      SHOW_MODES: showModes,
    },
    size,
  );
  return {
    terminal,
    entry,
    command: `clear; node ${entry}`,
    store: join(config, "permissions.json"),
  };
}

/** The modes of the terminal are what a shell's user expects. */
async function expectNormalTerminal(terminal: TmuxTerminal): Promise<void> {
  await terminal.run('clear; eval "$SHOW_MODES"');
  const screen = await terminal.shows(/^-?opost.*echo/mu);
  expect(screen).toMatch(/^opost isig icanon echo/mu);
}

test("the prompt says who asks for what, and why", async () => {
  const { terminal, command, entry } = await program();
  await terminal.run(command);
  const screen = await terminal.shows(ready);
  expect(screen).toContain("recorder wants to use your camera and microphone");
  expect(screen.replaceAll("\n", "")).toContain(entry.slice(0, 40));
  expect(screen).toContain("Camera      Desk Camera  (c: another of 2)");
  expect(screen).toContain("Microphone  Built-in Audio");
  expect(screen).toContain("It says: “Films the experiment”");
  expect(screen).toContain("It says: “Hears the experiment”");
  expect(screen).toMatch(/^ {2}o {2}Allow once\n {2}a {2}Allow always\n {2}b {2}Block/mu);
});

test("arrows and Enter allow always, which the next run remembers", async () => {
  const { terminal, command, store } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  await terminal.press("Down", "Down");
  await terminal.shows("❯ a");
  await terminal.press("Enter");
  await terminal.shows("camera is granted on any device");
  const screen = await terminal.shows("exits with 0");
  expect(screen).toContain("✔ recorder: camera and microphone allowed always");
  expect(screen).not.toContain("Allow once");
  expect(JSON.parse(readFileSync(store, "utf8"))).toMatchObject({ version: 1 });
  await expectNormalTerminal(terminal);
  await terminal.run(command);
  expect(await terminal.shows("exits with 0")).not.toContain("wants to use");
});

test("a letter blocks, which the next run remembers", async () => {
  const { terminal, command } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  await terminal.press("b", "Enter");
  expect(await terminal.shows("exits with 0")).toContain("camera is denied");
  await terminal.run(command);
  expect(await terminal.shows("exits with 0")).not.toContain("wants to use");
});

test("another camera can be picked", async () => {
  const { terminal, command } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  await terminal.press("c");
  await terminal.shows("Camera      Door Camera");
  await terminal.press("o", "Enter");
  const screen = await terminal.shows("exits with 0");
  expect(screen).toContain("camera is granted on test:2");
  expect(screen).toContain("microphone is granted on any device");
});

test("Esc leaves the call undecided, and the program can end", async () => {
  const { terminal, command } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  await terminal.press("Escape");
  const screen = await terminal.shows("exits with 0");
  expect(screen).toContain("no decision about camera and microphone");
  expect(screen).not.toMatch(/is (?:granted|denied)/u);
  await expectNormalTerminal(terminal);
});

test("Ctrl-C ends the program as it would without a prompt", async () => {
  const { terminal, command } = await program();
  await terminal.run(`${command}; echo status $?`);
  await terminal.shows(ready);
  await terminal.press("C-c");
  await terminal.run("echo status $?");
  expect(await terminal.shows("status 130")).not.toMatch(/is (?:granted|denied)/u);
  await expectNormalTerminal(terminal);
});

test("Ctrl-C reaches a program that handles it, and the call stays undecided", async () => {
  const { terminal, command } = await program();
  await terminal.run(`${command} camera Desk handles-interrupt`);
  await terminal.shows(ready);
  await terminal.press("C-c");
  await terminal.shows("interrupted");
  expect(await terminal.shows("exits with 0")).not.toMatch(/is (?:granted|denied)/u);
  await expectNormalTerminal(terminal);
});

test("Ctrl-Z stops the program, and fg shows the question again", async () => {
  const { terminal, command } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  await terminal.press("C-z");
  await terminal.shows("Stopped");
  await expectNormalTerminal(terminal);
  await terminal.run("clear; fg");
  await terminal.shows(ready);
  await terminal.press("o", "Enter");
  expect(await terminal.shows("camera is granted")).toContain("allowed once");
});

test.each(["TERM", "HUP", "QUIT", "ABRT", "ALRM", "XCPU", "USR2"])(
  "a program that dies of SIG%s restores the terminal",
  async (signal) => {
    const { terminal, entry } = await program();
    // A shell without job control, which leaves the terminal as it gets it.
    await terminal.run(`clear; sh -c 'echo "shell $$"; node ${entry}; eval "$SHOW_MODES"; read x'`);
    const [, shell = ""] = /shell (\d+)/u.exec(await terminal.shows(ready)) ?? [];
    execFileSync("pkill", [`-${signal}`, "-P", shell, "-x", "node"]);
    expect(await terminal.shows(/^-?opost.*echo/mu)).toMatch(/^opost isig icanon echo/mu);
    await terminal.press("Enter");
  },
);

test("a program's own handler of a signal is called, and the question stays", async () => {
  const { terminal, entry } = await program();
  await terminal.run(`clear; sh -c 'echo "shell $$"; node ${entry} camera Desk handles-hangup'`);
  const [, shell = ""] = /shell (\d+)/u.exec(await terminal.shows(ready)) ?? [];
  execFileSync("pkill", ["-HUP", "-P", shell, "-x", "node"]);
  await terminal.shows("hung up");
  await terminal.press("o", "Enter");
  expect(await terminal.shows("exits with 0")).toContain("camera is granted");
});

test("a killed program leaves a terminal that works, and holds up no other", async () => {
  const { terminal, command } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  execFileSync("bash", ["-c", `kill -KILL "$(pgrep -nf '^node ${command.slice(12)}')"`]);
  await terminal.shows("Killed");
  await terminal.run(command);
  await terminal.shows(ready);
  await terminal.press("o", "Enter");
  expect(await terminal.shows("camera is granted")).toContain("allowed once");
});

test("keys typed before the question appeared don't answer it", async () => {
  const { terminal, command } = await program();
  await terminal.run(`clear; sleep 0.7; ${command}`);
  await terminal.press("a", "Enter", "b", "Enter");
  const screen = await terminal.shows(ready);
  expect(screen).not.toContain("❯");
  await terminal.press("o", "Enter");
  await terminal.shows("camera is granted");
});

test("a sentence that is typed for something else answers nothing, however slowly", async () => {
  const { terminal, command } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  for (const word of ["to", "all", "of", "a", "b", "ok"]) {
    await terminal.press(...word);
    await terminal.shows(ready);
    await terminal.press("Space", "Enter");
    await terminal.shows(ready);
    await terminal.press("Enter");
  }
  expect(await terminal.screen()).not.toMatch(/❯|✔|✖/u);
  await terminal.press("b", "Enter");
  expect(await terminal.shows("exits with 0")).toContain("camera is denied");
});

test("keys are heard once the person has paused, counted from the last key", async () => {
  const { terminal, command } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  await terminal.press("t", "o", "Enter", "a", "Enter");
  expect(await terminal.shows(/b {2}Block\n*$/u)).not.toMatch(/❯|✔/u);
  await terminal.shows(ready);
  await terminal.press("a");
  await terminal.shows("❯ a");
  await terminal.press("Escape");
  await terminal.shows("no decision");
});

test("of two programs of one terminal, one asks, and the other waits for it", async () => {
  const { terminal, entry } = await program();
  await terminal.run(`clear; node ${entry} camera One | node ${entry} microphone Two; true`);
  const first = await terminal.shows(ready);
  expect(first.match(/wants to use/gu)).toHaveLength(1);
  await terminal.press("b", "Enter");
  await terminal.shows(/blocked[^]*wants to use/u);
  const second = await terminal.shows(ready);
  expect(second.match(/decide later/gu)).toHaveLength(1);
  await terminal.press("b", "Enter");
  await terminal.shows(
    /camera blocked[^]*microphone blocked|microphone blocked[^]*camera blocked/u,
  );
});

test("a stopped program doesn't hold up the next one's question", async () => {
  const { terminal, command } = await program();
  await terminal.run(command);
  await terminal.shows(ready);
  await terminal.press("C-z");
  await terminal.shows("Stopped");
  await terminal.run(`${command} microphone`);
  await terminal.shows(ready);
  await terminal.press("b", "Enter");
  await terminal.shows("microphone is denied");
  await terminal.run("clear; fg");
  await terminal.shows(ready);
  await terminal.press("o", "Enter");
  expect(await terminal.shows("camera is granted")).toContain("allowed once");
});

test.each([
  ["blanks", " ".repeat(200)],
  ["blanks of another width", "\u3000".repeat(100)],
  ["blanks that are letters", "\u3164".repeat(100)],
  ["many letters", "e".repeat(200)],
])("a package's name with %s doesn't push the question away", async (_what, tail) => {
  const { terminal, command } = await program(undefined, `recorder${tail}`);
  await terminal.run(command);
  const screen = await terminal.shows(ready);
  expect(screen).toMatch(/^\? recorder.* wants to use your camera and microphone$/mu);
  await terminal.press("o", "Enter");
  await terminal.shows(/^✔ recorder.*: camera and microphone allowed once$/mu);
});

test.each(["ᄀ각꥟🂡🇩🇪‼️①", "á̴̵̶̷".repeat(30), "🀄🛕𠀀ＡＢ".repeat(12)])(
  "a device called %s is drawn over without a trace",
  async (label) => {
    const { terminal, command } = await program({ columns: 60, rows: 24 });
    await terminal.run(`${command} camera '${label}'`);
    await terminal.shows("or a letter");
    for (let round = 0; round < 4; round += 1) await terminal.press("Down");
    await terminal.press("c");
    await terminal.shows("Door Camera");
    await terminal.press("b");
    const screen = await terminal.shows("❯ b");
    expect(screen.match(/wants to use/gu)).toHaveLength(1);
    expect(screen.split("\n")[0]).toContain("wants to use");
  },
);

test("control characters in a device's name are shown, not obeyed", async () => {
  const { terminal, command } = await program();
  await terminal.run(`${command} camera $'Cam\\e[2J\\r\\n\\u202eera'`);
  const screen = await terminal.shows(ready);
  expect(screen).toContain("Camera      Cam\\u{1b}[2J\\u{d}\\u{a}\\u{202e}era");
  expect(screen).toContain("recorder wants to use your camera");
});

test("it fits a narrow terminal", async () => {
  const { terminal, command } = await program({ columns: 30, rows: 16 });
  await terminal.run(`${command} camera 'A camera with a name of many words'`);
  await terminal.shows("or a letter");
  await terminal.press("Down", "Down", "Down", "Up");
  const screen = await terminal.shows("❯ a");
  expect(screen.match(/wants to use/gu)).toHaveLength(1);
});

test("it asks with standard output and input redirected", async () => {
  const { terminal, command, entry } = await program();
  await terminal.run(`clear; echo piped | node ${entry} camera Desk > ${entry}.out`);
  await terminal.shows(ready);
  await terminal.press("o", "Enter");
  await terminal.shows("allowed once");
  await terminal.run(`cat ${entry}.out`);
  await terminal.shows("camera is granted");
  expect(command).toContain(entry);
});

test("a program that reads its input gets it back after the question", async () => {
  const { terminal, command } = await program();
  await terminal.run(`${command} camera Desk reads-input; true`);
  await terminal.shows(ready);
  await terminal.press("o", "Enter");
  const screen = await terminal.shows("camera is granted");
  expect(screen).not.toContain("input");
});

test("a job in the background isn't stopped by asking: it is denied", async () => {
  const { terminal, command } = await program();
  await terminal.run(`USERMEDIA_PROMPT=terminal; export USERMEDIA_PROMPT; ${command} camera &`);
  expect(await terminal.shows("exits with 0")).toContain("camera is denied");
});

test("with no terminal at all it is denied", async () => {
  const { terminal, entry } = await program();
  await terminal.run(
    `clear; USERMEDIA_PROMPT=terminal setsid --wait node ${entry} camera < /dev/null 2>&1 | cat`,
  );
  expect(await terminal.shows("camera is denied")).not.toContain("wants to use");
});
