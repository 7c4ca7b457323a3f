/** Looks again after a while: the smaller sizes of a new photo are made in the background. */
import { refreshMain } from "../../lib/refresh.js";

const WHILE = 4_000;

export function start() {
  const isSending = document.querySelector(".upload-line:not([hidden])");
  // A page on which photos are on their way must not be exchanged below them.
  if (!isSending) setTimeout(refreshMain, WHILE);
}
