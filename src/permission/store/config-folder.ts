import { homedir, userInfo } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/**
 * The folder that permissions are kept in: `USERMEDIA_CONFIG_DIR`, or the user's configuration
 * folder as the system has it.
 *
 * @returns `undefined` for a user without a home folder: nothing can be kept.
 */
export function configFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = environment["USERMEDIA_CONFIG_DIR"] ?? "";
  if (isAbsolute(chosen)) return resolve(chosen);
  const home = homeFolder(environment);
  if (home === undefined) return undefined;
  return chosen === "" ? systemFolder(environment, home) : resolve(home, chosen);
}

/** A relative folder in a variable of the system means nothing, as XDG's specification says. */
function systemFolder(environment: NodeJS.ProcessEnv, home: string): string {
  const chosen = (name: string): string | undefined => {
    const folder = environment[name] ?? "";
    return isAbsolute(folder) ? folder : undefined;
  };
  switch (process.platform) {
    case "darwin":
      return join(home, "Library", "Preferences", "usermedia");
    case "win32":
      return join(chosen("APPDATA") ?? join(home, "AppData", "Roaming"), "usermedia", "Config");
    default:
      return join(chosen("XDG_CONFIG_HOME") ?? join(home, ".config"), "usermedia");
  }
}

/** `HOME`, unless it is empty or relative; then what the system has written down for the user. */
function homeFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment[process.platform === "win32" ? "USERPROFILE" : "HOME"] ?? "";
  if (isAbsolute(named)) return named;
  for (const look of [() => userInfo().homedir, homedir]) {
    try {
      const home = look();
      if (isAbsolute(home)) return home;
    } catch {
      // The user isn't in the system's list.
    }
  }
  return undefined;
}
