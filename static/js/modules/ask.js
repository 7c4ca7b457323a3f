/**
 * While somebody types a question, shows what the server finds by then; Enter asks it. Without a
 * network the rows that are there are kept to those whose name holds what was typed.
 */
import { say } from "../lib/announce.js";

const PAUSE = 250;
let asking = new AbortController();
let timer = 0;

export function start(form) {
  if (document.querySelector("[data-offline]")) askOfCopy(form);
  const { q } = form.elements;
  const hear = () => {
    clearTimeout(timer);
    asking.abort();
    if (!q.value.trim()) return showEverything();
    timer = setTimeout(() => look(form), PAUSE);
  };
  q.addEventListener("input", hear);
  // Whoever is quicker than this script is heard as well.
  if (q.value !== q.defaultValue) hear();
  // An hour without a day says nothing and would only make the address longer.
  form.addEventListener("formdata", ({ formData }) => {
    if (!formData.get("day")) ["day", "hour"].forEach((name) => formData.delete(name));
  });
}

async function look(form) {
  const mine = (asking = new AbortController());
  const address = `${form.action}/typed?${new URLSearchParams(new FormData(form))}`;
  const text = await answer(address, mine.signal).catch(() => null);
  if (mine.signal.aborted) return;
  show(text ?? "");
  if (text === null) keep(form.elements.q.value);
}

function showEverything() {
  keep("");
  show("");
}

/** The page of the copy holds every row; its address may hold a question. */
function askOfCopy(form) {
  form.elements.q.value ||= new URLSearchParams(location.search).get("q") ?? "";
  keep(form.elements.q.value);
}

function keep(typed) {
  const words = typed.trim().toLowerCase();
  for (const row of document.querySelectorAll("#found li")) {
    row.hidden = !row.innerText.toLowerCase().includes(words);
  }
  for (const kind of document.querySelectorAll("#found section")) {
    kind.hidden = !kind.querySelector("li:not([hidden])");
  }
}

async function answer(address, signal) {
  const response = await fetch(address, { signal });
  return response.ok && !response.redirected ? response.text() : "";
}

function show(text) {
  const [typed, found] = ["typed", "found"].map((id) => document.getElementById(id));
  const { body } = new DOMParser().parseFromString(text, "text/html");
  typed.replaceChildren(...body.childNodes);
  typed.hidden = !text;
  found.hidden = Boolean(text);
  if (text) say(typed.querySelector("[data-count]").innerText);
}
