import { expect, test } from "vitest";

import { serverAddresses } from "../../../../src/backends/pulse/server-address.ts";

const local = (...paths: string[]) => paths.map((path) => ({ path }));

test.each([
  ["unix:/tmp/native", local("/tmp/native")],
  ["/tmp/native", local("/tmp/native")],
  ["{0123abcd}unix:/tmp/native", local("/tmp/native")],
  ["sound.local", [{ host: "sound.local", port: 4713, family: 0 }]],
  ["tcp:sound.local:99", [{ host: "sound.local", port: 99, family: 0 }]],
  ["tcp4:127.0.0.1", [{ host: "127.0.0.1", port: 4713, family: 4 }]],
  ["tcp6:[::1]:4714", [{ host: "::1", port: 4714, family: 6 }]],
  ["/one tcp:two", [{ path: "/one" }, { host: "two", port: 4713, family: 0 }]],
  ["tcp:host:99999", []],
  ["::nonsense::", []],
])("PULSE_SERVER=%s is followed, and nothing else is tried", (server, expected) => {
  const env = { PULSE_SERVER: server, XDG_RUNTIME_DIR: "/run/user/1" };
  expect(serverAddresses({ env, uid: 1 })).toEqual(expected);
});

test("Without PULSE_SERVER the user's own server is tried before the system's", () => {
  const env = { XDG_RUNTIME_DIR: "/run/user/1000", PULSE_RUNTIME_PATH: "/private" };
  expect(serverAddresses({ env, uid: 1000 })).toEqual(
    local("/private/native", "/run/user/1000/pulse/native", "/var/run/pulse/native"),
  );
});

test("On a system without user ids there is no server to look for", () => {
  expect(serverAddresses({ env: {}, uid: undefined })).toEqual([]);
});
