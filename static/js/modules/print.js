/** A button that prints the page; without a script there is none. */

export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
