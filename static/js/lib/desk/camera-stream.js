/** The camera of this device: on while its page is looked at, and off as soon as it is not. */

const WANTED = {
  audio: false,
  video: { facingMode: "environment", width: { ideal: 4_096 }, height: { ideal: 3_072 } },
};
let stream = null;

/** Show the camera in `video`; throws what the browser says where there is none. */
export async function open(video) {
  if (stream) return;
  const found = await navigator.mediaDevices.getUserMedia(WANTED);
  // Whoever left while the question was open has no use for it.
  if (document.visibilityState === "hidden") return stop(found);
  stream = found;
  video.srcObject = stream;
  await video.play();
}

export function close(video) {
  stop(stream);
  stream = null;
  video.srcObject = null;
}

function stop(any) {
  any?.getTracks().forEach((track) => track.stop());
}

/** What the camera sees now, as a canvas in the camera's own size. */
export function still(video) {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return canvas;
}
