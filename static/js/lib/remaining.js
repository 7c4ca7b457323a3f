/**
 * Words a remaining time from the templates the server sent; knows no unit and no word itself.
 * labels: units [[seconds, {one, other, …}], …] from large to small, join, whole, done.
 */

const plural = new Intl.PluralRules(document.documentElement.lang || "en");

/** `seconds` in words: the two largest adjoining units, rounded down. */
export function inWords(seconds, { units, join, whole, done }) {
  const first = units.findIndex(([size]) => seconds >= size);
  if (first < 0) return done;
  const parts = units.slice(first, first + 2).map(([size, forms], index) => {
    const count = Math.floor((index ? seconds % units[first][0] : seconds) / size);
    const words = forms[plural.select(count)] ?? forms.other;
    return count || !index ? words.replace("{n}", count) : "";
  });
  const words = parts[1] ? join.replace("{a}", parts[0]).replace("{b}", parts[1]) : parts[0];
  return whole.replace("{t}", words);
}

/** What is worth saying aloud: the largest unit and its count, without the smaller one. */
export function landmark(seconds, { units }) {
  const first = units.find(([size]) => seconds >= size);
  return first ? `${first[0]} ${Math.floor(seconds / first[0])}` : "";
}

/** In how many seconds the words will change: the rest of the smaller unit shown. */
export function untilChange(seconds, { units }) {
  const first = units.findIndex(([size]) => seconds >= size);
  const [size] = units[Math.min(first + 1, units.length - 1)] ?? [1];
  return first < 0 ? Infinity : (seconds % size) + 1;
}
