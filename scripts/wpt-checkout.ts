/**
 * Brings web-platform-tests into a cache folder outside the checkout, once per machine.
 *
 * From `WPT_DIR` if that is set; else out of the source package of firefox-esr, which Debian's own
 * mirror (the one this machine's apt is set up with) serves with a signed hash. Only the folders
 * that the runner needs are unpacked. Prints the corpus' folder; exits 0 with a line saying why
 * when there can be no corpus here.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { cachedCorpus, corpus } from "../test/conformance/runner/corpus.ts";

const target = cachedCorpus();

/** A reason why this machine can't have the corpus, which is no fault of the project. */
class Unavailable extends Error {}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whether every folder that is needed today was unpacked. */
async function isComplete(folder: string): Promise<boolean> {
  const found = await Promise.all(corpus.folders.map((name) => exists(join(folder, name))));
  return found.every(Boolean);
}

async function checkComplete(folder: string): Promise<void> {
  for (const path of corpus.mustHave) {
    if (!(await exists(join(folder, path)))) {
      throw new Error(
        `The web-platform-tests in ${folder} lack ${path}. Remove that folder and run this again.`,
      );
    }
  }
}

/** The mirror that apt gets this release's main archive from, and the key that signs it. */
function aptMirror(): string {
  const listing = spawnSync(
    "apt-get",
    ["indextargets", "--format", "$(SITE)\t$(RELEASE)\t$(COMPONENT)", "Identifier: Packages"],
    { encoding: "utf8" },
  );
  if (listing.status !== 0) throw new Unavailable("there is no apt on this machine");
  const line = listing.stdout
    .split("\n")
    .map((text) => text.split("\t"))
    .find(([, release, component]) => release === corpus.distribution && component === "main");
  if (!line) throw new Unavailable(`apt here isn't set up for Debian ${corpus.distribution}`);
  return line[0] ?? "";
}

interface Tarball {
  readonly uri: string;
  readonly sha256: string;
}

/** Where the source tarball is and the hash that the signed index gives it. */
async function findTarball(work: string): Promise<Tarball> {
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  await mkdir(join(work, "lists"), { recursive: true });
  await writeFile(
    join(work, "sources.list"),
    `deb-src [signed-by=${keyring}] ${aptMirror()} ${corpus.distribution} main\n`,
  );
  const options = [
    `Dir::Etc::sourcelist=${work}/sources.list`,
    "Dir::Etc::sourceparts=/dev/null",
    `Dir::State::Lists=${work}/lists`,
    `Dir::Cache=${work}/cache`,
    "APT::Sandbox::User=root",
  ].flatMap((option) => ["-o", option]);
  const update = spawnSync("apt-get", [...options, "-q", "update"], { encoding: "utf8" });
  if (update.status !== 0)
    throw new Unavailable(`apt can't read the source index: ${update.stderr.trim()}`);
  const uris = execFileSync(
    "apt-get",
    [...options, "source", "--print-uris", "--only-source", "--download-only", "firefox-esr"],
    { encoding: "utf8", cwd: work, stdio: ["ignore", "pipe", "ignore"] },
  );
  const match = /^'(\S+)' (firefox-esr_(\d+)\S*\.orig\.tar\.xz) (\d+) SHA256:([0-9a-f]{64})$/m.exec(
    uris,
  );
  if (!match) throw new Unavailable("the mirror has no source of firefox-esr");
  const [, uri = "", , major, , sha256 = ""] = match;
  if (major !== corpus.release) {
    throw new Unavailable(
      `the mirror has firefox-esr ${major}, and the expectations are written for ${corpus.release}`,
    );
  }
  return { uri, sha256 };
}

async function download({ uri, sha256 }: Tarball, file: string): Promise<void> {
  const fetched = spawnSync(
    "/usr/lib/apt/apt-helper",
    ["-o", "APT::Sandbox::User=root", "download-file", uri, file],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  if (fetched.status !== 0) throw new Unavailable("the source of firefox-esr can't be downloaded");
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest("hex");
  if (actual !== sha256)
    throw new Error(`The tarball's SHA-256 is ${actual}, the index says ${sha256}.`);
}

async function unpack(tarball: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const inside = "*/testing/web-platform/tests";
  execFileSync(
    "tar",
    [
      "-xJf",
      tarball,
      "-C",
      folder,
      "--strip-components=4",
      "--wildcards",
      ...corpus.folders.map((name) => `${inside}/${name}`),
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
}

async function checkout(): Promise<string> {
  if (process.env["WPT_DIR"]) {
    await checkComplete(process.env["WPT_DIR"]);
    return process.env["WPT_DIR"];
  }
  if (await isComplete(target)) return target;
  if (process.platform !== "linux")
    throw new Unavailable("only Debian serves the corpus; set WPT_DIR");
  const work = await mkdtemp(join(tmpdir(), "usermedia-wpt-"));
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(`${target}.`);
  try {
    const tarball = join(work, "source.tar.xz");
    await download(await findTarball(work), tarball);
    await unpack(tarball, staging);
    await checkComplete(staging);
    await rm(target, { recursive: true, force: true });
    await rename(staging, target);
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(staging, { recursive: true, force: true });
  }
  return target;
}

try {
  console.log(await checkout());
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  console.log(`web-platform-tests skipped: ${error.message}`);
}
