/**
 * While somebody types a question, shows what the server finds by then; Enter asks it. Without a
 * network the rows that are there are kept to those that are asked for by name.
 */
import { say } from "../lib/announce.js";
import { rowsFor } from "../lib/copied_rows.js";

const PAUSE = 250;
let asking = new AbortController();
let timer = 0;

export function start(form) {
  if (document.querySelector("[data-offline]")) askOfCopy(form);
  const { q } = form.elements;
  const hear = () => {
    clearTimeout(timer);
    asking.abort();
    if (q.value.trim()) timer = setTimeout(() => look(form), PAUSE);
    else showEverything(form);
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
  if (text === null) keep(form.elements);
}

function showEverything(form) {
  show("");
  keep(form.elements);
}

/** The page of the copy holds every row; its address may hold a question, and a day. */
function askOfCopy({ elements }) {
  const asked = new URLSearchParams(location.search);
  elements.q.value ||= asked.get("q") ?? "";
  for (const name of ["day", "hour"]) elements[name].value = asked.get(name) ?? "";
  keep(elements);
}

/** Keep the rows asked for; where no name is known all stay, with a word about that. */
function keep({ q, day }) {
  const rows = [...document.querySelectorAll("#found li")];
  const fitting = rowsFor(q.value, rows);
  for (const row of rows) row.hidden = fitting.length > 0 && !fitting.includes(row);
  for (const kind of document.querySelectorAll("#found section")) {
    kind.hidden = !kind.querySelector("li:not([hidden])");
  }
  tell([day.value && "other-day", !fitting.length && "unknown"].filter(Boolean));
}

/** Say above the rows what the copy cannot know; a page of the server brings no such words. */
function tell(ids) {
  const notes = ids.map((id) => document.getElementById(id)?.content.cloneNode(true));
  const typed = document.getElementById("typed");
  typed.replaceChildren(...notes.filter(Boolean));
  typed.hidden = !typed.childElementCount;
  if (!typed.hidden) say(typed.innerText);
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
