import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { hardwareGroupOfSysfsPath } from "../hardware-group.ts";

/** Something of a sound card that records. */
export interface CapturePcm {
  /** `"hw:CARD=PCH,DEV=0"`: what ALSA opens. */
  readonly name: string;
  readonly label: string;
  readonly hardwareGroupId: string;
}

/** Where the kernel tells of sound cards; replaceable for tests. */
export interface SoundFolders {
  readonly proc: string;
  readonly sys: string;
}

export const SOUND_FOLDERS: SoundFolders = { proc: "/proc/asound", sys: "/sys" };

/** What can be recorded from, without opening anything. */
export async function listCapturePcms(folders = SOUND_FOLDERS): Promise<readonly CapturePcm[]> {
  const text = await readFile(join(folders.proc, "pcm"), "utf8").catch(() => "");
  const found = parsePcms(text);
  return await Promise.all(found.map((pcm) => describe(folders, pcm)));
}

interface ParsedPcm {
  readonly card: number;
  readonly device: number;
  readonly name: string;
}

/** Lines such as `00-00: ALC269 : ALC269 : playback 1 : capture 1`. */
export function parsePcms(text: string): readonly ParsedPcm[] {
  return text.split("\n").flatMap((line) => {
    const [place = "", id = "", name = "", ...directions] = line
      .split(":")
      .map((part) => part.trim());
    const match = /^(\d+)-(\d+)$/.exec(place);
    if (match === null || !directions.some((direction) => direction.startsWith("capture")))
      return [];
    return [{ card: Number(match[1]), device: Number(match[2]), name: name || id }];
  });
}

async function describe(folders: SoundFolders, pcm: ParsedPcm): Promise<CapturePcm> {
  const { card, device, name } = pcm;
  const id = await readFile(join(folders.proc, `card${card}/id`), "utf8").catch(() => String(card));
  const sysfs = await realpath(join(folders.sys, `class/sound/card${card}/device`)).catch(() => "");
  const place = sysfs.startsWith(folders.sys) ? sysfs.slice(folders.sys.length) : sysfs;
  return {
    name: `hw:CARD=${id.trim()},DEV=${device}`,
    label: name,
    hardwareGroupId: place === "" ? `card/${id.trim()}` : hardwareGroupOfSysfsPath(place),
  };
}
