import React, { useEffect, useRef, useState } from "react";

/** Shows a camera once its user agrees. */
export function CameraPreview({ constraints = { video: true } }) {
  const video = useRef(null);
  const [state, setState] = useState("Allow your camera …");
  useEffect(() => {
    let stream;
    let isGone = false;
    navigator.mediaDevices.getUserMedia(constraints).then(
      (opened) => {
        stream = opened;
        if (isGone) return stop(stream);
        video.current.srcObject = stream;
        setState(stream.getVideoTracks()[0].label);
      },
      (error) => setState(error.name === "NotAllowedError" ? "You said no" : error.message),
    );
    return () => {
      isGone = true;
      stop(stream);
    };
  }, [constraints]);
  return (
    <figure>
      <video ref={video} autoPlay muted />
      <figcaption>{state}</figcaption>
    </figure>
  );
}

function stop(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
