import { cleanup, render, waitFor } from "@testing-library/react";
import React, { createRef } from "react";
import { afterEach, expect, test, vi } from "vitest";
import Webcam from "react-webcam";
import { color } from "node-usermedia/testing";
import { virtualDevices } from "node-usermedia/testing/vitest";

afterEach(cleanup);

test("asks for what its properties say, and shows it", async () => {
  const devices = virtualDevices;
  devices.addCamera({ label: "Front", facingMode: "user" });
  const back = devices.addCamera({ label: "Back", facingMode: "environment" });
  const onUserMedia = vi.fn();
  const { container } = render(
    <Webcam
      audio={false}
      videoConstraints={{ facingMode: "environment", width: 1280 }}
      onUserMedia={onUserMedia}
    />,
  );
  await waitFor(() => expect(onUserMedia).toHaveBeenCalled());
  const call = devices.calls.findLast(({ method }) => method === "getUserMedia");
  expect(call.constraints.video).toMatchObject({ facingMode: "environment", width: 1280 });
  expect(call.chosen[0].device).toBe(back);
  await waitFor(() => expect(container.querySelector("video").videoWidth).toBe(1280));
});

test("sizes its screenshots by what the camera gives", async () => {
  const devices = virtualDevices;
  devices.addCamera({ modes: [{ width: 64, height: 48 }], content: color("#00ff00") });
  const webcam = createRef();
  const onUserMedia = vi.fn();
  render(<Webcam ref={webcam} audio={false} forceScreenshotSourceSize onUserMedia={onUserMedia} />);
  await waitFor(() => expect(onUserMedia).toHaveBeenCalled());
  await waitFor(() => expect(webcam.current.video.videoWidth).toBe(64));
  expect(webcam.current.getCanvas()).toMatchObject({ width: 64, height: 48 });
});

test("tells its owner why there is no picture", async () => {
  const devices = virtualDevices;
  const camera = devices.addCamera();
  const onUserMediaError = vi.fn();
  camera.setBusy();
  render(<Webcam audio={false} onUserMediaError={onUserMediaError} />);
  await waitFor(() => expect(onUserMediaError).toHaveBeenCalled());
  expect(onUserMediaError.mock.calls[0][0]).toMatchObject({ name: "NotReadableError" });
});

test("stops the camera when it is unmounted", async () => {
  const camera = virtualDevices.addCamera();
  const onUserMedia = vi.fn();
  const { unmount } = render(<Webcam audio={false} onUserMedia={onUserMedia} />);
  await waitFor(() => expect(onUserMedia).toHaveBeenCalled());
  expect(camera.isLive).toBe(true);
  unmount();
  await waitFor(() => expect(camera.isLive).toBe(false));
});
