/** Which rows of the copy a question is about, by the names that came with it and nothing else. */

const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The rows of which a name stands in the question, or begins with what is typed so far. */
export function rowsFor(question, rows) {
  const asked = ` ${plain(question)}`;
  const named = copiedNames();
  const isMeant = (name) => `${asked} `.includes(` ${name} `) || ` ${name}`.includes(asked);
  return rows.filter((row) => namesOf(row, named).some(isMeant));
}

function namesOf(row, named) {
  const title = row.querySelector("a") ?? row;
  const name = new URL(title.href ?? "", location.href).searchParams.get("q");
  return [title.innerText, ...(named.get(name) ?? [])].map(plain);
}

/** By the name in a row's link, every name it may be asked for by. */
function copiedNames() {
  const lines = document.getElementById("names")?.content.querySelectorAll("li") ?? [];
  const names = [...lines].map((line) => line.textContent.split("|"));
  return new Map(names.map((all) => [all[0], all]));
}
