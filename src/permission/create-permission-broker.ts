import { entryScript } from "./application/entry-script.ts";
import { runningApplication } from "./application/identify-application.ts";
import { ApplicationPermissionBroker } from "./application-permission-broker.ts";
import { parseEnvironmentPolicy } from "./environment-policy.ts";
import type { RunningCapture } from "./contract.ts";
import { PermissionEvidence } from "./permission-evidence.ts";
import { CaptureRegister } from "./indicator/capture-register.ts";
import { publishCaptures } from "./indicator/publish-captures.ts";
import { makeFolder, writableRuntimeFolder } from "./indicator/runtime-folder.ts";
import { terminalIndicator } from "./indicator/terminal-indicator.ts";
import { readManifest } from "./manifest/read-manifest.ts";
import type { PreviewProvider } from "./prompts/page/preview-provider.ts";
import type { PermissionPrompt } from "./prompts/permission-prompt.ts";
import { choosePrompts } from "./prompts/choose-prompts.ts";
import { PromptQueue } from "./prompts/prompt-queue.ts";
import { configFolder } from "./store/config-folder.ts";
import { PermissionStore } from "./store/permission-store.ts";

/** What a broker is made from; by default, all of it is this program's own. */
export interface PermissionBrokerOptions {
  /** The program's entry script. Default: the script that Node was started with, if there is one. */
  readonly entry?: string;
  /** Where `USERMEDIA_…` variables are read from. Default: `process.env`. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder that answers are remembered in. Default: the user's config folder. */
  readonly folder?: string;
  /** The folder in which running captures are announced. Default: the user's runtime folder, where it can be written to. */
  readonly runtimeFolder?: string;
  /** Ways to ask a person, in the order in which they are tried. Default: a terminal, else a page. */
  readonly prompts?: readonly PermissionPrompt[];
  /** Shows on the prompt page what a device gives. Default: the page has no preview. */
  readonly preview?: PreviewProvider;
}

/** The broker of this program, from its parts. Reads nothing and opens nothing before it is asked. */
export function createPermissionBroker(
  options: PermissionBrokerOptions = {},
): ApplicationPermissionBroker {
  const { entry = entryScript(), environment = process.env } = options;
  const folder = options.folder ?? configFolder(environment);
  const policy = parseEnvironmentPolicy(environment["USERMEDIA_PERMISSIONS"]);
  const application = runningApplication(entry);
  const runtimeFolder = (): string | undefined => {
    const { runtimeFolder: chosen } = options;
    if (chosen === undefined) return writableRuntimeFolder(environment);
    return makeFolder(chosen) ? chosen : undefined;
  };
  const captures = new CaptureRegister({
    application,
    publish: publishCaptures(runtimeFolder),
    show: terminalIndicator(environment["USERMEDIA_INDICATOR"], process.stderr),
  });
  const preview = options.preview && {
    provider: options.preview,
    started: (capture: RunningCapture) => captures.start(capture),
  };
  const prompts = options.prompts ?? choosePrompts({ environment, preview, runtimeFolder });
  const evidence = new PermissionEvidence({
    application,
    manifest: readManifest(application),
    environment: typeof prompts === "string" ? prompts : policy,
    store: new PermissionStore(folder),
    folder,
  });
  return new ApplicationPermissionBroker({
    application,
    evidence,
    prompts: new PromptQueue(typeof prompts === "string" ? [] : prompts),
    captures,
  });
}
