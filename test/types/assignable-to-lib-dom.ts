/**
 * The public types serve where TypeScript's own of a browser are asked for. Compiled with lib.dom
 * (`npm run typecheck`), never run.
 *
 * @module
 */
import type * as usermedia from "../../src/index.ts";

/** Compiles only if each `From` is assignable to its `To`. */
type Assignable<To, From extends To> = From;

export type Checks = [
  Assignable<MediaStream, usermedia.MediaStream>,
  Assignable<MediaStreamTrack, usermedia.MediaStreamTrack>,
  Assignable<MediaStreamTrackEvent, usermedia.MediaStreamTrackEvent>,
  Assignable<MediaDevices, usermedia.MediaDevices>,
  Assignable<MediaDeviceInfo, usermedia.MediaDeviceInfo>,
  Assignable<InputDeviceInfo, usermedia.InputDeviceInfo>,
  Assignable<OverconstrainedError, usermedia.OverconstrainedError>,
  Assignable<PermissionStatus, usermedia.PermissionStatus>,
  Assignable<Pick<Navigator, "mediaDevices">, usermedia.Navigator>,
  Assignable<MediaRecorder, usermedia.MediaRecorder>,
  Assignable<BlobEvent, usermedia.BlobEvent>,
  Assignable<MediaTrackSettings, usermedia.MediaTrackSettings>,
  Assignable<MediaTrackCapabilities, usermedia.MediaTrackCapabilities>,
  Assignable<MediaTrackSupportedConstraints, usermedia.MediaTrackSupportedConstraints>,
  // What a browser program passes is what ours take.
  Assignable<usermedia.MediaStreamConstraints, MediaStreamConstraints>,
  Assignable<usermedia.MediaTrackConstraints, MediaTrackConstraints>,
  Assignable<usermedia.DisplayMediaStreamOptions, DisplayMediaStreamOptions>,
];
