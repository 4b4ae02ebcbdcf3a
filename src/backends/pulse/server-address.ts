import { join } from "node:path";

/** Where a server listens: a path of a Unix socket, or a host and port. */
export type ServerAddress =
  | { readonly path: string }
  | { readonly host: string; readonly port: number; readonly family: 0 | 4 | 6 };

/** What of the process decides where the server is. */
export interface ServerEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined where the system has no user ids. */
  readonly uid: number | undefined;
}

const DEFAULT_PORT = 4713;

/**
 * Where to look for the sound server, best first, as PulseAudio's own clients do.
 *
 * @see https://www.freedesktop.org/wiki/Software/PulseAudio/Documentation/User/ServerStrings/
 */
export function serverAddresses({ env, uid }: ServerEnvironment): readonly ServerAddress[] {
  const server = env["PULSE_SERVER"];
  if (server !== undefined && server !== "") {
    return server.split(/\s+/).flatMap((part) => parseServerString(part) ?? []);
  }
  const folders = [
    env["PULSE_RUNTIME_PATH"],
    env["XDG_RUNTIME_DIR"] && join(env["XDG_RUNTIME_DIR"], "pulse"),
    uid === undefined ? undefined : `/run/user/${uid}/pulse`,
    uid === undefined ? undefined : "/var/run/pulse",
  ];
  const paths = folders.flatMap((folder) => (folder ? [join(folder, "native")] : []));
  return [...new Set(paths)].map((path) => ({ path }));
}

/** One server of a server string; undefined when it is none that can be reached by a socket. */
function parseServerString(text: string): ServerAddress | undefined {
  const address = text.replace(/^\{[^}]*\}/, "");
  if (address.startsWith("/")) return { path: address };
  if (address.startsWith("unix:")) return { path: address.slice("unix:".length) };
  const match =
    /^(?:tcp(?<family>[46]?):)?(?:\[(?<literal>[^\]]+)\]|(?<host>[^:[\]]+))(?::(?<port>\d+))?$/.exec(
      address,
    );
  const host = match?.groups?.["literal"] ?? match?.groups?.["host"];
  if (host === undefined) return undefined;
  const port = Number(match?.groups?.["port"] ?? DEFAULT_PORT);
  const family = match?.groups?.["family"];
  return port > 65_535
    ? undefined
    : { host, port, family: family === "4" ? 4 : family === "6" ? 6 : 0 };
}
