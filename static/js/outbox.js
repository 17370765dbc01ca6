// The outbox: every fact is first written to this phone, then sent. It leaves only when the answer
// names it, so that a lost network, a closed tab or a lost answer loses nothing. Sending twice does no
// harm: the server knows each fact by its session and key. So tabs need not wait for each other.
//
// One storage key per fact (outbox:<person>:<session>:<key>): two tabs never overwrite each other.
// What the server refuses for good stays as refused:<the same key>, and is not sent again.

import { begunFor, markBegun } from "./begun.js";
import { csrfToken } from "./token.js";

const FACTS_ADDRESS = "/journal/facts/";
const SIGN_IN_ADDRESS = "/accounts/login/";
const FIRST_WAIT = 5_000; // ms
const LONGEST_WAIT = 120_000;
const LONGEST_REQUEST = 10_000;
const BETWEEN_REQUESTS = 10_000; // ms: what happens during a session is sent together
const AFTER_THE_STEP = 250; // ms: the next step is shown first
const BATCH = 50; // with the longest notes that is still less than the server takes at once
const KEEPALIVE_BYTES = 60_000; // browsers let a closed page send 64 KiB
const LONGEST_FACT = 10_000; // characters; a note is 2000 at most
const SEQUENCE = "outbox-sequence";
const URGENT = /^(pain|rating|note|end)\b/; // said once and then left: no more is coming
const FACT_KEY = /^[a-z]+(:[a-z0-9-]+)?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const { person } = document.body.dataset;
const prefix = `outbox:${person}:`;
const notice = document.getElementById("outbox");
const homeless = new Map(); // facts for which the storage has no room: they live as long as this page

class SignInNeeded extends Error {}

/** The server asks to be left alone for so long. */
class Busy extends Error {
  constructor(seconds) {
    super("the server is busy");
    this.wait = Math.min(Math.max(seconds, 0) * 1000 || 0, LONGEST_WAIT);
  }
}

let wait = FIRST_WAIT;
let lastRequest = -Infinity; // by performance.now(): the phone's clock may be set
let lastSequence = 0;
let timer;
let sending = null;
let trouble = null; // why the last attempt has failed

/** The facts that wait, oldest first. */
export function waiting() {
  const found = new Map(homeless);
  for (const id of person ? keptIds(prefix) : []) {
    const fact = read(id);
    if (fact && !(found.get(id)?.sequence > fact.sequence)) found.set(id, fact);
  }
  return [...found.values()].sort((a, b) => a.sequence - b.sequence);
}

/** Keep a fact and send it, soon or at once. Resolves to whether everything has been sent. */
export function add(session, key, value) {
  const fact = { id: `${prefix}${session}:${key}`, session, key, value, at: Date.now(), sequence: nextSequence() };
  if (keep(fact)) homeless.delete(fact.id);
  else homeless.set(fact.id, fact);
  show();
  const early = lastRequest + BETWEEN_REQUESTS - performance.now();
  if (URGENT.test(key) || homeless.size) return send();
  if (!sending) sendIn(Math.max(early, AFTER_THE_STEP));
  return Promise.resolve(false);
}

/** Send what waits. Resolves to whether nothing is left. */
export function send() {
  clearTimeout(timer);
  for (const fact of homeless.values()) if (keep(fact)) homeless.delete(fact.id);
  if (!waiting().length) {
    show();
    return Promise.resolve(true);
  }
  sending ??= attempt();
  return sending;
}

async function attempt() {
  try {
    await drain();
    trouble = null;
    wait = FIRST_WAIT;
  } catch (error) {
    trouble = error;
  }
  sending = null;
  show();
  if (!waiting().length) return true;
  sendIn(Math.max(wait * (0.75 + Math.random() / 4), trouble?.wait ?? 0)); // not all phones in the same second
  wait = Math.min(wait * 2, LONGEST_WAIT);
  return false;
}

async function drain() {
  for (let batch; (batch = waiting().slice(0, BATCH)).length; ) {
    const { kept, refused } = await post(batch);
    const named = batch.filter(({ id }) => kept.includes(id) || Object.hasOwn(refused, id));
    for (const fact of named) {
      forget(fact);
      if (Object.hasOwn(refused, fact.id)) put(`refused:${fact.id}`, { ...fact, reason: refused[fact.id] });
    }
    if (!named.length) throw new Error("the answer names none of them");
  }
}

async function post(facts, again = true) {
  const batch = { person, now: Date.now(), facts };
  const begun = begunFor(facts);
  if (begun.length) batch.begun = begun;
  const body = JSON.stringify(batch);
  lastRequest = performance.now();
  const response = await fetch(FACTS_ADDRESS, {
    method: "POST",
    redirect: "error",
    keepalive: new Blob([body]).size < KEEPALIVE_BYTES,
    signal: AbortSignal.timeout(LONGEST_REQUEST),
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body,
  });
  if (response.status === 403 && again) {
    // A page with a form renews the token's cookie.
    await fetch(SIGN_IN_ADDRESS, { cache: "no-store", signal: AbortSignal.timeout(LONGEST_REQUEST) });
    return post(facts, false);
  }
  if (response.status === 401) throw new SignInNeeded("Sign in to send them.");
  if (response.status === 409) throw new SignInNeeded("Somebody else is signed in. Sign in as yourself to send them.");
  if (response.status === 503) throw new Busy(Number(response.headers.get("Retry-After")));
  if (!response.ok) throw new Error(`status ${response.status}`);
  const answer = await response.json(); // a captive portal's HTML fails here: nothing leaves
  if (!Array.isArray(answer.kept)) throw new Error("not an answer of ours");
  markBegun(answer.begun ?? []);
  return { kept: answer.kept, refused: answer.refused ?? {} };
}

function sendIn(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(send, milliseconds);
}

// --- What is kept -------------------------------------------------------------------------------

function keptIds(start) {
  return Object.keys(localStorage).filter((id) => id.startsWith(start));
}

/** A fact as it is kept, or null for anything else: one odd entry must not hold up all others. */
function read(id) {
  const text = localStorage.getItem(id) ?? "";
  if (text.length > LONGEST_FACT) return null;
  try {
    const { session, key, value, at, sequence } = JSON.parse(text);
    const isOurs = UUID.test(session) && FACT_KEY.test(key) && id === `${prefix}${session}:${key}`;
    const isTimed = Number.isFinite(at) && at >= 0 && Number.isSafeInteger(sequence) && sequence >= 0;
    const isValued = value && typeof value === "object" && !Array.isArray(value);
    return isOurs && isTimed && isValued ? { id, session, key, value, at, sequence } : null;
  } catch {
    return null;
  }
}

function keep(fact) {
  if (put(fact.id, fact)) return true;
  for (const id of keptIds("refused:")) localStorage.removeItem(id); // these make room first
  return put(fact.id, fact);
}

function put(id, thing) {
  try {
    localStorage.setItem(id, JSON.stringify(thing));
    return true;
  } catch {
    return false; // no room left
  }
}

/** The server has named this fact. A correction that was made meanwhile stays. */
function forget({ id, sequence }) {
  if (read(id)?.sequence <= sequence) localStorage.removeItem(id);
  if (homeless.get(id)?.sequence <= sequence) homeless.delete(id);
}

/** The time, but always more than the last: a correction counts also after the phone's clock was set back. */
function nextSequence() {
  const last = Math.max(lastSequence, Number(localStorage.getItem(SEQUENCE)) || 0);
  lastSequence = Math.max(Date.now(), Number.isSafeInteger(last + 1) ? last + 1 : 0);
  put(SEQUENCE, lastSequence);
  return lastSequence;
}

// --- What is said -------------------------------------------------------------------------------

/** Says what is kept on the phone, once it could not be sent. A page of nobody's says it of everybody's. */
function show() {
  if (!notice) return;
  const count = person ? waiting().length : keptIds("outbox:").length;
  notice.hidden = !count || !(trouble || homeless.size || !person);
  if (notice.hidden) return;
  const facts = `${count} ${count === 1 ? "fact" : "facts"}`;
  const sentence = homeless.size
    ? `${facts} not sent yet. This phone has no room left to keep ${count === 1 ? "it" : "them"}: leave this page open. `
    : `${facts} kept on this phone, not sent yet. `;
  if (!person) notice.replaceChildren(sentence, signInLink("Sign in to send them."));
  else if (trouble instanceof SignInNeeded) notice.replaceChildren(sentence, signInLink(trouble.message));
  else notice.replaceChildren(sentence);
}

function signInLink(words) {
  const link = document.createElement("a");
  link.className = "link";
  link.href = `${SIGN_IN_ADDRESS}?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = words;
  return link;
}

// A form that makes this page's person another one goes when all that waits has been sent, or could not be.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!("sendFirst" in form.dataset) || !person || !waiting().length) return;
  event.preventDefault();
  delete form.dataset.sendFirst;
  send().finally(() => form.requestSubmit(submitter));
});
for (const event of ["online", "pageshow", "pagehide"]) addEventListener(event, send);
document.addEventListener("visibilitychange", send);
addEventListener("storage", () => {
  if (!sending) show(); // another tab may have sent them
});
