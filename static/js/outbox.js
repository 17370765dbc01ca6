// The outbox: every fact is first written to this device, then sent. It leaves only when the answer
// names it, so that a lost network, a closed tab or a lost answer loses nothing.
//
// One storage key per fact (outbox:<person>:<session>:<key>): two tabs never overwrite each other.

import { csrfToken } from "./token.js";

const FACTS_ADDRESS = "/journal/facts/";
const FIRST_WAIT = 5_000; // ms
const LONGEST_WAIT = 120_000;
const LONGEST_REQUEST = 10_000;
const BATCH = 100;

const person = document.body.dataset.person;
const prefix = `outbox:${person}:`;
const notice = document.getElementById("outbox");

let wait = FIRST_WAIT;
let timer;
let sending = null;

/** The facts that wait, oldest first. */
export function waiting() {
  const keys = Object.keys(localStorage).filter((key) => person && key.startsWith(prefix));
  return keys.map((key) => JSON.parse(localStorage.getItem(key))).sort((a, b) => a.sequence - b.sequence);
}

/** Keep a fact and try to send it. Resolves to whether everything has been sent. */
export function add(session, key, value) {
  const id = `${prefix}${session}:${key}`;
  const kept = JSON.parse(localStorage.getItem(id) ?? "null");
  const now = Date.now();
  const sequence = Math.max(now, (kept?.sequence ?? 0) + 1);
  try {
    localStorage.setItem(id, JSON.stringify({ id, session, key, value, at: now, sequence }));
  } catch {
    tell("This device has no room left to keep what you do.");
  }
  return send();
}

/** Send what waits. Resolves to whether nothing is left. */
export function send() {
  clearTimeout(timer);
  if (!waiting().length) {
    tell("");
    return Promise.resolve(true);
  }
  sending ??= attempt().finally(() => (sending = null));
  return sending;
}

async function attempt() {
  let problem = "";
  try {
    await (navigator.locks ? navigator.locks.request("outbox", drain) : drain());
    wait = FIRST_WAIT;
  } catch (error) {
    problem = error.sentence ?? "";
  }
  const left = waiting().length;
  if (left) {
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  tell(left ? `${left} ${left === 1 ? "fact" : "facts"} kept on this device, not sent yet. ${problem}` : "");
  return !left;
}

async function drain() {
  for (let batch; (batch = waiting().slice(0, BATCH)).length; ) {
    const { kept, refused } = await post(batch);
    const answered = batch.filter(({ id }) => kept.includes(id) || id in refused);
    for (const fact of answered) {
      const now = JSON.parse(localStorage.getItem(fact.id) ?? "null");
      if (now?.sequence === fact.sequence) localStorage.removeItem(fact.id); // else corrected meanwhile
    }
    if (!answered.length) break;
  }
}

async function post(facts, again = true) {
  const response = await fetch(FACTS_ADDRESS, {
    method: "POST",
    redirect: "error",
    keepalive: facts.length < 50,
    signal: AbortSignal.timeout(LONGEST_REQUEST),
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify({ person, now: Date.now(), facts }),
  });
  if (response.status === 403 && again) {
    await fetch("/accounts/login/"); // a page with a form renews the token's cookie
    return post(facts, false);
  }
  if (response.status === 401) throw Object.assign(new Error("signed out"), { sentence: "Sign in to send them." });
  if (response.status === 409) {
    throw Object.assign(new Error("another person"), { sentence: "Somebody else is signed in." });
  }
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json(); // a captive portal's HTML fails here: nothing leaves
}

function tell(sentence) {
  if (!notice) return;
  notice.textContent = sentence;
  notice.hidden = !sentence;
}

addEventListener("online", send);
addEventListener("pageshow", send);
document.addEventListener("visibilitychange", send);
