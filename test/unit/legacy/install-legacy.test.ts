import { describe, expect, it } from "vitest";
import { installLegacy } from "../../../src/legacy/install-legacy.ts";
import { modernErrorName, toLegacyError } from "../../../src/legacy/error-names.ts";
import type { LegacyScope } from "../../../src/legacy/scope.ts";

interface Called {
  stream?: unknown;
  error?: Error & { constraintName?: string; code?: number };
}

type OldCall = (
  constraints: unknown,
  success: (stream: unknown) => void,
  failure: (error: Error) => void,
) => undefined;

const noUrls: LegacyScope["URL"] = {
  createObjectURL: () => {
    throw new TypeError("No URL for this");
  },
  revokeObjectURL: () => {},
};

function call(scope: LegacyScope, name: string, constraints: unknown): Promise<Called> {
  const { navigator } = scope;
  const old = (navigator as unknown as Record<string, OldCall>)[name];
  return new Promise((resolve) => {
    const returned = old?.call(
      navigator,
      constraints,
      (stream) => resolve({ stream }),
      (error) => resolve({ error }),
    );
    expect(returned).toBeUndefined();
  });
}

class OldStream {
  stopped = 0;
  get active(): boolean {
    return this.stopped === 0;
  }
  getTracks(): { stop: () => void }[] {
    return [{ stop: () => this.stopped++ }];
  }
}

function scopeWith(getUserMedia: (constraints: unknown) => Promise<unknown>): LegacyScope {
  return { navigator: { mediaDevices: { getUserMedia } }, URL: noUrls, DOMException };
}

describe("installLegacy", () => {
  it("adds the three calls over the promise form", async () => {
    const scope = scopeWith((constraints) => Promise.resolve({ constraints }));
    installLegacy(scope);
    for (const name of ["getUserMedia", "webkitGetUserMedia", "mozGetUserMedia"]) {
      expect(await call(scope, name, { audio: true })).toEqual({
        stream: { constraints: { audio: true } },
      });
    }
  });

  it("never replaces a call that is there, unless asked to change it", () => {
    const scope = scopeWith(() => Promise.resolve());
    const native = (): void => {};
    Object.assign(scope.navigator ?? {}, { getUserMedia: native });
    installLegacy(scope);
    expect(scope.navigator).toHaveProperty("getUserMedia", native);
    installLegacy(scope, { dialects: true });
    expect(scope.navigator).not.toHaveProperty("getUserMedia", native);
  });

  it("tells the error callback why there are no devices", async () => {
    const insecure: LegacyScope = {
      navigator: {},
      isSecureContext: false,
      URL: noUrls,
      DOMException,
    };
    installLegacy(insecure);
    const refused = await call(insecure, "getUserMedia", { video: true });
    expect(refused.error).toMatchObject({ name: "SecurityError" });
    expect(refused.error?.message).toMatch(/https.*localhost/);

    const old: LegacyScope = { navigator: {}, isSecureContext: true, URL: noUrls, DOMException };
    installLegacy(old);
    const missing = await call(old, "getUserMedia", { video: true });
    expect(missing.error).toMatchObject({ name: "NotSupportedError" });
  });

  it("needs no error callback, as the drafts of 2012", async () => {
    const scope = scopeWith((constraints) =>
      constraints === "bad" ? Promise.reject(new TypeError("bad")) : Promise.resolve("stream"),
    );
    installLegacy(scope);
    const old = (scope.navigator as unknown as Record<string, (...args: unknown[]) => void>)[
      "webkitGetUserMedia"
    ];
    old?.("bad", () => {
      throw new Error("There is no stream");
    });
    expect(await new Promise((resolve) => old?.({ video: true }, resolve, null))).toBe("stream");
  });

  it("throws for a call without a callback", () => {
    const scope = scopeWith(() => Promise.resolve());
    installLegacy(scope);
    const old = (scope.navigator as unknown as Record<string, (...args: unknown[]) => void>)[
      "getUserMedia"
    ];
    expect(() => old?.({ audio: true })).toThrow(TypeError);
  });

  it("reports errors by their old names when asked", async () => {
    const error = Object.assign(new Error("too wide"), { constraint: "width" });
    error.name = "OverconstrainedError";
    const scope = scopeWith(() => Promise.reject(error));
    installLegacy(scope, { errorNames: "legacy" });
    const { error: legacy } = await call(scope, "webkitGetUserMedia", { video: true });
    expect(legacy).toMatchObject({
      name: "ConstraintNotSatisfiedError",
      constraintName: "width",
      message: "too wide",
    });
  });

  it("gives streams their old members with dialects", async () => {
    class Stream extends OldStream {}
    const scope: LegacyScope = { ...scopeWith(() => Promise.resolve()), MediaStream: Stream };
    installLegacy(scope, { dialects: true });
    const stream = new Stream() as OldStream & { stop(): void; ended: boolean };
    expect(stream.ended).toBe(false);
    stream.stop();
    expect(stream.stopped).toBe(1);
    expect(stream.ended).toBe(true);
  });

  it("lists sources as they were", async () => {
    const Track: LegacyScope["MediaStreamTrack"] = { prototype: {} };
    const enumerateDevices = (): Promise<{ kind: string; deviceId: string; label: string }[]> =>
      Promise.resolve([
        { kind: "audioinput", deviceId: "a", label: "Microphone" },
        { kind: "audiooutput", deviceId: "b", label: "Speaker" },
        { kind: "videoinput", deviceId: "c", label: "Camera" },
      ]);
    const getUserMedia = (): Promise<void> => Promise.resolve();
    const scope: LegacyScope = {
      navigator: { mediaDevices: { getUserMedia, enumerateDevices } },
      MediaStreamTrack: Track,
      URL: noUrls,
      DOMException,
    };
    installLegacy(scope, { dialects: true });
    const { getSources } = Track as unknown as { getSources(callback: (s: unknown) => void): void };
    const sources = await new Promise((resolve) => {
      getSources(resolve);
    });
    expect(sources).toEqual([
      { id: "a", kind: "audio", label: "Microphone", facing: "" },
      { id: "c", kind: "video", label: "Camera", facing: "" },
    ]);
  });

  it("plays a stream given as an object URL or by its name in Firefox, and leaves files alone", () => {
    class Element {
      playing: unknown;
      attributes = new Map<string, string>();
      get srcObject(): unknown {
        return this.playing;
      }
      set srcObject(stream: unknown) {
        this.playing = stream;
      }
      get src(): string {
        return this.attributes.get("src") ?? "";
      }
      set src(url: string) {
        this.attributes.set("src", url);
      }
      setAttribute(name: string, value: string): void {
        this.attributes.set(name, value);
      }
    }
    const stream = new OldStream();
    const revoked: string[] = [];
    const scope: LegacyScope = {
      ...scopeWith(() => Promise.resolve()),
      HTMLMediaElement: Element,
      URL: { createObjectURL: () => "blob:file", revokeObjectURL: (url) => revoked.push(url) },
    };
    installLegacy(scope, { dialects: true });
    const url = scope.URL.createObjectURL(stream);

    const bySrc = new Element();
    bySrc.src = url;
    expect(bySrc.playing).toBe(stream);

    const byAttribute = new Element();
    byAttribute.setAttribute("src", url);
    expect(byAttribute.playing).toBe(stream);

    const inFirefox = new Element() as Element & { mozSrcObject: unknown };
    inFirefox.mozSrcObject = stream;
    expect(inFirefox.playing).toBe(stream);
    expect(inFirefox.mozSrcObject).toBe(stream);

    const file = new Element();
    file.src = scope.URL.createObjectURL(new Blob());
    file.setAttribute("class", "large");
    expect(file.src).toBe("blob:file");
    expect([...file.attributes.keys()]).toEqual(["src", "class"]);

    scope.URL.revokeObjectURL(url);
    scope.URL.revokeObjectURL("blob:file");
    expect(revoked).toEqual(["blob:file"]);
  });
});

describe("error names", () => {
  it("know a denial and a dismissal apart, both with code 1", () => {
    const denied = new DOMException("Permission denied", "NotAllowedError");
    const dismissed = new DOMException("Permission dismissed", "NotAllowedError");
    expect(toLegacyError(denied)).toMatchObject({ name: "PermissionDeniedError", code: 1 });
    expect(toLegacyError(dismissed)).toMatchObject({ name: "PermissionDismissedError", code: 1 });
  });

  it("keep a name that never was another", () => {
    expect(toLegacyError(new TypeError("bad"))).toMatchObject({ name: "TypeError", code: 0 });
  });

  it("lead back to today's", () => {
    expect(modernErrorName("TrackStartError")).toBe("NotReadableError");
    expect(modernErrorName("TypeError")).toBe("TypeError");
  });
});
