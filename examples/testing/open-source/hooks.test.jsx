import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { useDevicesList } from "@vueuse/core";
import React from "react";
import useMediaDevices from "react-use/lib/useMediaDevices";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectScope } from "vue";
import { virtualDevices } from "node-usermedia/testing/vitest";

// jsdom has no workers. What this library would do in one is encode WAV, which isn't asked for here.
vi.stubGlobal(
  "Worker",
  class {
    addEventListener() {}
    postMessage() {}
  },
);
const { useReactMediaRecorder } = await import("react-media-recorder");

beforeEach(() => {
  virtualDevices.encoder = "fake";
});
afterEach(() => {
  cleanup();
  virtualDevices.encoder = "native";
});

test("react-use's useMediaDevices follows what is plugged in", async () => {
  virtualDevices.addMicrophone({ label: "Headset" });
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  function Devices() {
    const { devices = [] } = useMediaDevices();
    return <p>{devices.map(({ label }) => label).join(", ")}</p>;
  }
  render(<Devices />);
  await screen.findByText("Headset");
  virtualDevices.addMicrophone({ label: "Desk" });
  expect(await screen.findByText("Headset, Desk")).toBeTruthy();
  for (const track of stream.getTracks()) track.stop();
});

test("@vueuse/core's useDevicesList asks for permission, and lists by kind", async () => {
  virtualDevices.addCamera({ label: "Front" });
  virtualDevices.addMicrophone({ label: "Headset" });
  virtualDevices.permission.askAgain();
  const scope = effectScope();
  const list = scope.run(() => useDevicesList({ requestPermissions: true }));
  await vi.waitFor(() => {
    const asked = virtualDevices.calls.filter(({ method }) => method === "getUserMedia");
    expect(asked).toHaveLength(1);
  });
  virtualDevices.permission.grant();
  await vi.waitFor(() => {
    expect(list.videoInputs.value.map(({ label }) => label)).toEqual(["Front"]);
    expect(list.audioInputs.value.map(({ label }) => label)).toEqual(["Headset"]);
  });
  scope.stop();
});

test("react-media-recorder records the camera, and gives a blob and its address", async () => {
  const camera = virtualDevices.addCamera({ modes: [{ width: 160, height: 120 }] });
  virtualDevices.addMicrophone();
  const onStop = vi.fn();
  let recorder;
  function Recorder() {
    recorder = useReactMediaRecorder({ video: true, onStop, stopStreamsOnStop: true });
    return <p>{recorder.status}</p>;
  }
  render(<Recorder />);
  await act(() => recorder.startRecording());
  await screen.findByText("recording");
  await act(() => recorder.stopRecording());
  await waitFor(() => expect(onStop).toHaveBeenCalled());
  const [url, blob] = onStop.mock.calls[0];
  expect(url).toMatch(/^blob:/);
  expect(blob.size).toBeGreaterThan(0);
  await waitFor(() => expect(camera.isLive).toBe(false));
});
