/**
 * Starts what a page asks for by data-module="name name", and after the load what it asks for by
 * data-late; the page works without any of it.
 */
import "./lib/offer.js";
import { onRefresh } from "./lib/refresh.js";

// When the first view has long been there, and whatever it still asks for.
const LATE = 1_500;
const UNPAINTED = 1_000;
const started = new WeakMap();

function start(element, name) {
  const names = started.get(element) ?? started.set(element, new Set()).get(element);
  if (names.has(name)) return;
  names.add(name);
  import(`./modules/${name}.js`).then((module) => module.start(element)).catch(console.warn);
}

function startAll(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    element.dataset.module.split(/\s+/).filter(Boolean).forEach((name) => start(element, name));
  }
}

function startLate(root) {
  root.querySelectorAll("[data-late]").forEach((one) => start(one, one.dataset.late));
}

// What improves a page comes after its first paint; where none is told, nobody waits for it.
const painted = new Promise((resolve) => {
  setTimeout(resolve, UNPAINTED);
  new PerformanceObserver(resolve).observe({ type: "paint", buffered: true });
});

onRefresh(startAll);
painted.then(() => startAll(document));
addEventListener("load", async () => {
  await painted;
  startLate(document);
  onRefresh(startLate);
  setTimeout(startWorker, LATE);
});

function startWorker() {
  import("./lib/worker.js").then(({ begin }) => begin()).catch(console.warn);
}
