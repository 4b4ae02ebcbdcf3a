import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { missingCommands, SoundServer } from "./sound-server.ts";

/**
 * A PulseAudio daemon of the test's own, with one microphone, `mic`: the monitor of a null sink
 * that plays 440 Hz, made a real source.
 */
export class PulseServer extends SoundServer {
  static missing(): string | undefined {
    return missingCommands("pulseaudio", "pactl");
  }

  async start(): Promise<this> {
    const script = join(this.folder, "default.pa");
    writeFileSync(
      script,
      `load-module module-native-protocol-unix socket=${join(this.folder, "pulse", "native")}\n`,
    );
    const options = ["--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"];
    this.run("pulseaudio", "-n", "-F", script, ...options);
    await this.untilReady(() => this.pactl("info") !== "");
    this.loadSink("room");
    this.pactl("load-module", "module-sine", "sink=room", "frequency=440");
    this.loadSource("mic", "room.monitor", "Test Microphone");
    this.pactl("set-default-source", "mic");
    return this;
  }

  override endTone(): void {
    this.pactl("unload-module", "module-sine");
  }
}
