/** Which rows of the copy a question is about, by the names that came with it and nothing else. */

// What stands around a question and does not change what it is about.
const FRAME = /^(can|may|could) i |\b(my|your|a|the)\b| (yet|now|already)$/g;

const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(FRAME, " ")
    .replace(/ +/g, " ")
    .trim();

/**
 * The rows that are asked for by one of their names, whole: a name within a longer question may be
 * about something stricter. Else those of whose title a word begins with what is typed so far.
 */
export function rowsFor(question, rows) {
  const [asked, named] = [plain(question), copiedNames()];
  const meant = rows.filter((row) => named.get(nameOf(row))?.some((name) => plain(name) === asked));
  if (meant.length) return meant;
  return rows.filter((row) => ` ${plain(titleOf(row).innerText)}`.includes(` ${asked}`));
}

const titleOf = (row) => row.querySelector("a") ?? row;
const nameOf = (row) => new URL(titleOf(row).href ?? "", location.href).searchParams.get("q");

/** By the name in a row's link, every name it may be asked for by. */
function copiedNames() {
  const lines = document.getElementById("names")?.content.querySelectorAll("li") ?? [];
  const names = [...lines].map((line) => line.textContent.split("|"));
  return new Map(names.map((all) => [all[0], all]));
}
