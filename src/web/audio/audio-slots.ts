import { Brand } from "../../webidl/brand.ts";
import type { Audio } from "./audio.ts";
import type { AudioElement } from "./audio-element.ts";

export const audioBrand = new Brand<AudioElement, Audio>("Audio", "EventTarget");
