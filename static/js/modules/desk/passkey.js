/**
 * Makes a passkey (data-ceremony="create") or shows one ("get") when its form is sent: asks the
 * server what to ask, asks the device, and sends the form on with the answer.
 */
import { say } from "../../lib/announce.js";

const BYTES = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];

export function start(form) {
  if (!window.PublicKeyCredential) return;
  if (location.origin !== form.dataset.origin) return show(form, "elsewhere");
  show(form, "ready");
  form.addEventListener("submit", (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    ask(form).catch((error) => fail(form, error));
  });
}

async function ask(form) {
  const { ceremony, options } = form.dataset;
  const answer = await fetch(options, { method: "POST" });
  // Whatever stands between, such as the password once more, the page itself will lead to it.
  if (!answer.ok || answer.redirected) return location.replace(location.pathname + location.search);
  const publicKey = parsed(await answer.json(), ceremony);
  const credential = await navigator.credentials[ceremony]({ publicKey });
  form.elements.answer.value = JSON.stringify(written(credential));
  form.requestSubmit();
}

function fail(form, error) {
  console.warn(error.name);
  show(form, "ready", "failed");
  const note = form.querySelector("[data-when=failed]");
  say(note.textContent);
  note.focus();
}

function show(form, ...states) {
  form.querySelectorAll("[data-when]").forEach((part) => {
    part.hidden = !states.includes(part.dataset.when);
  });
}

function parsed(json, ceremony) {
  const name = ceremony === "create" ? "Creation" : "Request";
  const parse = PublicKeyCredential[`parse${name}OptionsFromJSON`];
  if (parse) return parse.call(PublicKeyCredential, json);
  const described = (one) => ({ ...one, id: fromText(one.id) });
  return {
    ...json,
    challenge: fromText(json.challenge),
    ...(json.user && { user: described(json.user) }),
    excludeCredentials: json.excludeCredentials?.map(described),
    allowCredentials: json.allowCredentials?.map(described),
  };
}

function written(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { response } = credential;
  const parts = [...BYTES, "userHandle"].filter((name) => response[name]);
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(parts.map((name) => [name, toText(response[name])])),
  };
}

function fromText(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function toText(bytes) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
