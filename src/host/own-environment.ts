/**
 * What the libraries of a capture process look at: where the display, the sound server and the user's
 * settings are, how text is written, and what Windows needs to start anything.
 */
const NAMES = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP"],
  ...["DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"],
  ...["LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "__CF_USER_TEXT_ENCODING"],
  ...["UV_THREADPOOL_SIZE", "SVT_LOG"],
  ...["SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "USERPROFILE", "APPDATA", "LOCALAPPDATA"],
  ...["PROGRAMDATA", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"],
]);

const PREFIXES = ["XDG_", "LC_", "ALSA_", "PULSE_", "PIPEWIRE_", "SPA_"];

/** In the environment of each process that this package starts; says which program it is. */
export const OWN_PROCESS = "USERMEDIA_OWN_PROCESS";

/**
 * What a process of ours has of a program's environment. Whatever else is there stays with the
 * program: passwords and tokens, and what is meant for its Node (`NODE_OPTIONS`: a debugger's port
 * would be taken twice, loaders would run twice).
 *
 * @param name of the program that is started
 */
export function ownEnvironment(environment: NodeJS.ProcessEnv, name: string): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([key]) => isNeeded(key.toUpperCase()));
  return {
    ...Object.fromEntries(kept),
    [OWN_PROCESS]: name,
    // So that the executables of these run the file that they are given, not the program in them.
    ...(process.versions["electron"] !== undefined && { ELECTRON_RUN_AS_NODE: "1" }),
    ...(process.versions["bun"] !== undefined && { BUN_BE_BUN: "1" }),
  };
}

function isNeeded(name: string): boolean {
  return NAMES.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix));
}
