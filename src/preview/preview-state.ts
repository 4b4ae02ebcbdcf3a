/** What the page shows. */
export interface PreviewState {
  readonly cameras: readonly PickedDevice[];
  readonly microphones: readonly PickedDevice[];
  /** The `deviceId` of the open one, or `"screen"`; empty where there is none. */
  readonly camera: string;
  /** As {@link camera}. */
  readonly microphone: string;
  /** As `640x480`, in px: what the camera can give. */
  readonly sizes: readonly string[];
  /** What it gives. */
  readonly size: string;
  /** Pictures a second. */
  readonly frameRate: number;
  /** The labels of open devices that stand in for real ones. */
  readonly synthetic: readonly string[];
  /** The file that is recorded into; empty while nothing is. */
  readonly recording: string;
  /** For how long, in ms. */
  readonly recordedMs: number;
  /** The last file that was saved; empty where none was. */
  readonly saved: string;
  /** What a person should know. */
  readonly message: string;
}

export interface PickedDevice {
  readonly deviceId: string;
  readonly label: string;
}

/** What a person picks; what is left out stays to the program. */
export interface PreviewChoice {
  readonly camera?: string | undefined;
  readonly microphone?: string | undefined;
  readonly size?: string | undefined;
}
