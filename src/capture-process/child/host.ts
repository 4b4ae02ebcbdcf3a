import { safeParse } from "valibot";
import { DeviceError } from "../../contract/device-error.ts";
import type { Channel } from "../wire/channel.ts";
import { command, type Command } from "../wire/command.ts";
import type { OutputSpec } from "../wire/output.ts";
import { DeviceHost } from "./device-host.ts";
import { EncoderSet } from "./encoder-set.ts";
import { failureOf } from "./failure-of.ts";
import { FileReader } from "./file-reader.ts";
import { listAudioModes, listDevices, listModes } from "./list-devices.ts";
import { loadNative, type Native } from "./native.ts";
import type { ScreenCastAbilities } from "./pipewire/screen-cast-portal.ts";
import { OutputWriter } from "./output-writer.ts";
import { probeFile } from "./probe-file.ts";

type Asked = Extract<Command, { id: number }>;
type Told = Exclude<Command, { id: number }>;

/** Loaded when it is asked for, as few machines need it. */
async function askScreenCast(): Promise<ScreenCastAbilities> {
  const { screenCastAbilities } = await import("./pipewire/screen-cast-abilities.ts");
  return await screenCastAbilities();
}

/** Does what the program asks: devices, of one piece of hardware as a rule, and encoders. */
export class Host {
  readonly #channel: Channel;
  readonly #die: () => void;
  readonly #encoders: EncoderSet;
  readonly #devices = new Map<number, DeviceHost>();
  readonly #files = new Map<number, FileReader>();
  #output: OutputWriter | undefined;

  constructor(channel: Channel, die: () => void) {
    this.#channel = channel;
    this.#die = die;
    this.#encoders = new EncoderSet(channel);
  }

  receive(header: unknown, payload: Uint8Array<ArrayBuffer>): void {
    const parsed = safeParse(command, header);
    if (!parsed.success) {
      this.#die();
      return;
    }
    const message = parsed.output;
    if ("id" in message) void this.#answer(message);
    else this.#obey(message, payload);
  }

  async #answer(asked: Asked): Promise<void> {
    const { id } = asked;
    try {
      this.#channel.send({ type: "reply", id, value: await this.#do(asked) });
    } catch (error) {
      this.#channel.send({ type: "failure", id, error: failureOf(error) });
    }
  }

  async #do(asked: Asked): Promise<unknown> {
    if (asked.type === "ping") return null;
    const native = await loadNative();
    switch (asked.type) {
      case "open":
        return await this.#open(native, asked);
      case "reconfigure":
        return await this.#device(asked.device).reconfigure(
          native,
          asked.input,
          asked.configuration,
        );
      case "chosenSurface":
        return this.#device(asked.device).surface;
      case "screenCastAbilities":
        return await askScreenCast();
      case "closeDevice":
        return await this.#close(asked.device);
      case "openFile":
        return await this.#openFile(native, asked.device, asked.path);
      case "readFile":
        return await this.#file(asked.device).read(asked.media, asked.count);
      case "seekFile":
        return await this.#file(asked.device).seek(asked.positionUs);
      case "openEncoder":
        await this.#encoders.open(native, asked.encoder, asked.device, asked.config);
        if (asked.device !== undefined) this.#devices.get(asked.device)?.takersChanged();
        return undefined;
      case "flush":
        return await this.#encoders.get(asked.encoder).flush();
      case "closeEncoder":
        return await this.#encoders.close(asked.encoder);
      case "openOutput":
        return await this.#openOutput(native, asked.spec);
      case "closeOutput":
        return await this.#output?.close();
      case "list":
        return await listDevices(native);
      case "modes":
        return await listModes(native, asked.device);
      case "audioModes":
        return await listAudioModes(native, asked.device);
      case "probe":
        return await probeFile(native, asked.path);
    }
  }

  async #open(native: Native, asked: Extract<Asked, { type: "open" }>): Promise<unknown> {
    const { configuration, device, input } = asked;
    const host = new DeviceHost(device, this.#channel, this.#encoders);
    this.#devices.set(device, host);
    try {
      return await host.open(native, input, configuration);
    } catch (error) {
      await this.#close(device);
      throw error;
    }
  }

  #device(device: number): DeviceHost {
    const host = this.#devices.get(device);
    if (host === undefined) throw new DeviceError("failed", `There is no device ${device}.`);
    return host;
  }

  async #openFile(native: Native, device: number, path: string): Promise<unknown> {
    const file = await FileReader.open(native, path, this.#channel, device);
    this.#files.set(device, file);
    return file.contents;
  }

  #file(device: number): FileReader {
    const file = this.#files.get(device);
    if (file === undefined) throw new DeviceError("failed", `There is no file ${device}.`);
    return file;
  }

  async #openOutput(native: Native, spec: OutputSpec): Promise<void> {
    this.#output = await OutputWriter.open(native, spec, {
      written: () => this.#channel.send({ type: "outputWritten" }),
      failed: (error) => this.#channel.send({ type: "outputError", error: failureOf(error) }),
    });
  }

  async #close(device: number): Promise<void> {
    const opened = this.#devices.get(device) ?? this.#files.get(device);
    this.#devices.delete(device);
    this.#files.delete(device);
    await opened?.close();
  }

  #obey(told: Told, payload: Uint8Array<ArrayBuffer>): void {
    switch (told.type) {
      case "start":
        return this.#devices.get(told.device)?.start(told.epochUs);
      case "wantFrames":
        return this.#devices.get(told.device)?.wantFrames(told.wanted);
      case "setEnabled":
        return this.#change(told.encoder, (encoder) => encoder.setEnabled(told.enabled));
      case "setPaused":
        return this.#change(told.encoder, (encoder) => encoder.setPaused(told.paused));
      case "setProcessing":
        return this.#encoders.setProcessing(told.encoder, told.processing);
      case "setView":
        return this.#encoders.setView(told.encoder, told.view);
      case "requestKeyFrame":
        return this.#change(told.encoder, (encoder) => encoder.requestKeyFrame());
      case "encode":
        return this.#encode(told, payload);
      case "writeOutput":
        this.#output?.write(told, payload);
        // It was copied in the call.
        this.#channel.recycle(payload);
        return;
      case "close":
        void this.#closeAll().finally(this.#die);
    }
  }

  async #closeAll(): Promise<void> {
    const all = [...this.#devices.keys(), ...this.#files.keys()];
    await Promise.all(all.map((device) => this.#close(device)));
  }

  /** What is said of an encoder that has just failed is too late, and no error. */
  #change(id: number, change: (encoder: ReturnType<EncoderSet["get"]>) => void): void {
    try {
      change(this.#encoders.get(id));
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
    }
  }

  /** At once: a pause or an end that the program tells next must not overtake the frame. */
  #encode(told: Extract<Told, { type: "encode" }>, payload: Uint8Array<ArrayBuffer>): void {
    try {
      this.#encoders.encode(told.encoder, told.frame, payload);
      // It was read in the call.
      this.#channel.recycle(payload);
    } catch (error) {
      const { encoder } = told;
      this.#channel.send({ type: "encoderError", encoder, error: failureOf(error) });
    }
  }
}
