import { describe, expect, it, vi } from "vitest";
import { fakeWorld, tasks } from "../../../support/fake-world.ts";

describe("navigator.permissions.query()", () => {
  it("fires change when the state of the permission changes, and only then", async () => {
    const { navigator, permission } = fakeWorld();
    const camera = await navigator.permissions.query({ name: "camera" });
    const microphone = await navigator.permissions.query({ name: "microphone" });
    const changes: string[] = [];
    camera.onchange = () => changes.push(`camera ${camera.state}`);
    microphone.addEventListener("change", () => changes.push(`microphone ${microphone.state}`));
    permission.deny("camera");
    await tasks();
    permission.deny("camera");
    await tasks();
    expect(changes).toEqual(["camera denied"]);
  });

  it("watches for as long as a status is listened to, and none after its world is closed", async () => {
    const { close, navigator, permission } = fakeWorld();
    const watch = permission.watch.bind(permission);
    let watchers = 0;
    vi.spyOn(permission, "watch").mockImplementation((listener) => {
      const stop = watch(listener);
      watchers += 1;
      return () => {
        watchers -= 1;
        stop();
      };
    });
    const query = async () => await navigator.permissions.query({ name: "camera" });
    const statuses = await Promise.all(Array.from({ length: 1000 }, query));
    expect(watchers).toBe(0);
    for (const status of statuses) status.onchange = () => undefined;
    expect(watchers).toBe(1000);
    for (const status of statuses.slice(0, 900)) status.onchange = null;
    expect(watchers).toBe(100);
    close();
    expect(watchers).toBe(0);
  });

  it("says denied for what nothing here gives access to", async () => {
    const { navigator } = fakeWorld();
    const status = await navigator.permissions.query({ name: "geolocation" });
    expect([status.name, status.state]).toEqual(["geolocation", "denied"]);
  });

  it("says of other permissions what the program's broker knows, and where the policy allows", async () => {
    const { permission, navigator } = fakeWorld();
    Object.assign(permission, { queryOther: () => "prompt" });
    const status = await navigator.permissions.query({ name: "geolocation" });
    expect(status.state).toBe("prompt");
    const refused = fakeWorld([], { isAllowedToUse: (feature) => feature !== "geolocation" });
    Object.assign(refused.permission, { queryOther: () => "prompt" });
    const { permissions } = refused.navigator;
    expect((await permissions.query({ name: "geolocation" })).state).toBe("denied");
  });

  it("fires nothing in a document that isn't active any more", async () => {
    let isActive = true;
    const { navigator, permission } = fakeWorld([], { isFullyActive: () => isActive });
    const camera = await navigator.permissions.query({ name: "camera" });
    const changes: string[] = [];
    camera.onchange = () => changes.push(camera.state);
    isActive = false;
    permission.deny("camera");
    await tasks();
    expect(changes).toEqual([]);
  });

  it("rejects names that the Web doesn't know", async () => {
    const { navigator } = fakeWorld();
    const unknown = { name: "telepathy" } as unknown as { name: "camera" };
    await expect(navigator.permissions.query(unknown)).rejects.toBeInstanceOf(TypeError);
  });
});
