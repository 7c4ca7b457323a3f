/** On the page of whoever signed out without a network: what the worker cannot reach goes too. */

export function start() {
  localStorage.clear();
  sessionStorage.clear();
}
