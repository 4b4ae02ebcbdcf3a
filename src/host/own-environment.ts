/**
 * Meant for the program: a debugger's port would be taken twice, loaders would run twice, and
 * certificates, which are used by nothing here, may take as long to read as Node to start.
 */
const OF_THE_PROGRAM = ["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS"];

/** A program's environment as the Node processes that we start have it. */
export function ownEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = { ...environment };
  for (const name of OF_THE_PROGRAM) delete own[name];
  if (process.versions["electron"] !== undefined) own["ELECTRON_RUN_AS_NODE"] = "1";
  return own;
}
