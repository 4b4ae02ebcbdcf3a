import { CaptureCodecService } from "../capture-process/program/codec-service.ts";
import { composeCapture } from "./create-media-capture.ts";
import type { MediaCapture } from "./create-media-capture.ts";
import { defaultBackends } from "./default-backends.ts";
import { createPermissionBroker } from "../permission/create-permission-broker.ts";
import type { PreviewProvider } from "../permission/prompts/page/preview-provider.ts";
import { createObject } from "../webidl/create-object.ts";
import { navigatorBrand } from "../web/media-devices/navigator.ts";
import type { Navigator, NavigatorSlots } from "../web/media-devices/navigator.ts";
import { nodeRealm, provideCodecs, providePlayback } from "../web/realm/realm.ts";

let composed: ReturnType<typeof composeCapture> | undefined;

let codecs: CaptureCodecService | undefined;

/** Its encoders, which can be asked what they encode before there is a world. */
function defaultCodecs(): CaptureCodecService {
  codecs ??= new CaptureCodecService();
  return codecs;
}

/** The world of this program, made when it is first used: its machine's devices, its user. */
export function defaultMediaCapture(): MediaCapture {
  return composeDefault().capture;
}

function composeDefault(): ReturnType<typeof composeCapture> {
  // The prompt shows devices of the world that asks it: it is made by the time a prompt is open.
  const preview: PreviewProvider = {
    pictures: (...device) => composeDefault().promptPreview.pictures(...device),
    levels: (...device) => composeDefault().promptPreview.levels(...device),
  };
  composed ??= composeCapture({
    ...defaultBackends(),
    codecs: defaultCodecs(),
    permission: createPermissionBroker({ preview }),
  });
  return composed;
}

provideCodecs(defaultCodecs);
providePlayback(() => composeDefault().playback);

/** The slots of a navigator that makes the default world once something of it is read. */
export const defaultNavigatorSlots: NavigatorSlots = {
  realm: nodeRealm,
  get mediaDevices() {
    return defaultMediaCapture().mediaDevices;
  },
  get permissions() {
    return defaultMediaCapture().permissions;
  },
};

/** The `navigator` of this program. */
export const defaultNavigator: Navigator = createObject(
  nodeRealm,
  navigatorBrand,
  defaultNavigatorSlots,
);
