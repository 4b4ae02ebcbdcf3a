import { homedir } from "node:os";
import { resolve } from "node:path";
import envPaths from "env-paths";

/**
 * The folder that permissions are kept in: `USERMEDIA_CONFIG_DIR`, or the user's configuration
 * folder as the system has it.
 */
export function configFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment["USERMEDIA_CONFIG_DIR"];
  if (chosen !== undefined && chosen !== "") return resolve(homedir(), chosen);
  return envPaths("usermedia", { suffix: "" }).config;
}
