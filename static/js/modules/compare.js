/** Compares at once what this browser holds: on the page where it may just have been changed. */
import { compare } from "../lib/compare.js";

export function start() {
  if ("PushManager" in window) return compare().catch(console.warn);
}
