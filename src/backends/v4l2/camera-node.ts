import { access, constants, readdir, readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { hardwareGroupOfSysfsPath } from "../hardware-group.ts";
import { usbIdentity } from "./usb-identity.ts";

/** A video device of the kernel's, as sysfs tells of it without opening it. */
export interface CameraNode {
  /** `"/dev/video0"` */
  readonly path: string;
  /** The driver's name for it. */
  readonly name: string;
  /** The same across runs and replugging where the hardware has a serial number or a place. */
  readonly hardwareId: string;
  readonly hardwareGroupId: string;
  /** Whether this user may open it. */
  readonly isAllowed: boolean;
  /** 0 for the first node of a camera; others hold its metadata. */
  readonly index: number;
}

/** Where the kernel shows its devices; replaceable for tests. */
export interface DeviceFolders {
  readonly sys: string;
  readonly dev: string;
}

export const DEVICE_FOLDERS: DeviceFolders = { sys: "/sys", dev: "/dev" };

/** The video devices that are there now, lowest number first. */
export async function listCameraNodes(folders = DEVICE_FOLDERS): Promise<readonly CameraNode[]> {
  const classFolder = join(folders.sys, "class/video4linux");
  const names = (await readdir(classFolder).catch(() => [])).filter((name) =>
    /^video\d+$/.test(name),
  );
  const numberOf = (name: string) => Number(name.slice("video".length));
  names.sort((a, b) => numberOf(a) - numberOf(b));
  const nodes = await Promise.all(names.map((name) => readNode(folders, name)));
  return withDistinctIds(nodes.filter((node) => node !== undefined));
}

async function readNode(
  { sys, dev }: DeviceFolders,
  name: string,
): Promise<CameraNode | undefined> {
  const folder = join(sys, "class/video4linux", name);
  const read = async (file: string) =>
    (await readFile(join(folder, file), "utf8").catch(() => "")).trim();
  const device = await realpath(join(folder, "device")).catch(() => undefined);
  // It was unplugged between one look and the next.
  if (device === undefined) return undefined;
  const path = join(dev, name);
  const isAllowed = await access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  const place = device.startsWith(sys) ? device.slice(sys.length) : device;
  const driverName = await read("name");
  const index = Number(await read("index")) || 0;
  const identity = await usbIdentity(device);
  return {
    path,
    name: driverName,
    hardwareId: identity === undefined ? `${place}/${driverName}` : `${identity}-index${index}`,
    hardwareGroupId: hardwareGroupOfSysfsPath(place),
    isAllowed,
    index,
  };
}

/** Two cameras of one make without serial numbers differ by their order only. */
function withDistinctIds(nodes: readonly CameraNode[]): readonly CameraNode[] {
  const seen = new Map<string, number>();
  return nodes.map((node) => {
    const count = (seen.get(node.hardwareId) ?? 0) + 1;
    seen.set(node.hardwareId, count);
    return count === 1 ? node : { ...node, hardwareId: `${node.hardwareId}#${count}` };
  });
}
