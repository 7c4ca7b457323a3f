/** Brings the reader to an element: the summary of what a form still needs. */

export function start(element) {
  element.focus();
}
