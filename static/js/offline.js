// Without a network: has the worker keep what can be followed from this page, starts a routine from what is
// kept, and leaves nothing behind at sign-out.
//
// A newcomer gets no worker: it comes with the first routine that they start.

import { beginKept } from "./begun.js";
import { isThere } from "./network.js";
import { send, waiting } from "./outbox.js";

const START = /^\/routines\/\d+\/(?=start\/$)/;
const ASKS = /\/(before|finish)\/$/;

const { person } = document.body.dataset;
const workers = navigator.serviceWorker; // missing where the address is not HTTPS

const pathOf = (form) => new URL(form.getAttribute("action") ?? "", location.href).pathname; // a field may be called "action"
const kitOf = (form) => pathOf(form).match(START)?.[0].concat("offline/");

// --- Keeping ----------------------------------------------------------------------------------------

function keepWhatIsHere(worker) {
  const keep = new Set([...document.forms].map(kitOf).filter(Boolean));
  if (location.pathname.startsWith("/sessions/")) keep.add(location.pathname);
  worker.postMessage({ person, keep: [...keep] });
}

async function install() {
  await workers.register("/sw.js");
  const { active } = await workers.ready;
  if (active !== asked) keepWhatIsHere(active);
}

// A worker that is there is asked at once: the person may soon be on another page.
const asked = person && workers?.controller;
if (asked) keepWhatIsHere(asked);
if (person && workers) {
  const start = () => install().catch(() => {}); // no network, or no room: nothing is kept
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

if (ASKS.test(location.pathname)) import("./keep-form.js");

if (!isSecureContext && location.pathname.endsWith("/before/")) {
  const notice = Object.assign(document.createElement("p"), { className: "bar-notice bleed" });
  notice.textContent =
    "The screen may turn off and nothing is kept for offline, because this address is not HTTPS. The README tells how.";
  document.getElementById("trouble").before(notice);
}

// --- Starting a routine -------------------------------------------------------------------------------

async function startOrBegin(form, stem) {
  const isHere = await isThere();
  const hasBegun = !isHere && (await beginKept(person, stem).catch(() => false));
  if (!hasBegun) form.submit();
}

// --- Signing out --------------------------------------------------------------------------------------

function say(sentence) {
  const notice = document.getElementById("trouble");
  notice.textContent = sentence;
  notice.hidden = false;
}

async function forget() {
  workers.controller?.postMessage({ forget: true });
  for (const name of await caches.keys()) if (name.startsWith("pages-")) await caches.delete(name);
  for (const key of Object.keys(localStorage)) {
    if (key.split(":").includes(person) || key.startsWith("player:")) localStorage.removeItem(key);
  }
}

async function signOut(form) {
  await send();
  const left = waiting().length;
  const what = left === 1 ? "One thing you did is" : `${left} things you did are`;
  if (left && !confirm(`${what} kept on this phone alone, not sent yet. Sign out and lose ${left === 1 ? "it" : "them"}?`)) return;
  const isHere = await isThere();
  if (workers) await forget();
  if (isHere || !workers) form.submit();
  else say("There is no connection. Nothing of yours is left on this phone, but to sign out you need one: try again then.");
}

let isBusy = false;
addEventListener("pageshow", () => (isBusy = false));

document.addEventListener("submit", (event) => {
  const form = event.target;
  const stem = workers?.controller && person && kitOf(form);
  const leaves = person && pathOf(form) === "/accounts/logout/";
  if (event.defaultPrevented || (!stem && !leaves)) return;
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  (leaves ? signOut(form) : startOrBegin(form, stem)).finally(() => (isBusy = false));
});
