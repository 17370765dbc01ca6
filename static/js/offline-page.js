// The offline page is the same for everyone: it asks the caches whose pages are kept, and offers them.

import { beginKept, unfinished } from "./begun.js";
import { isThere } from "./network.js";

const TRY_AGAIN = 5_000; // ms
const KIT = /^\/routines\/\d+\/offline\/$/;
const SESSION = /^\/sessions\/([^/]+)\/$/;
const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six"];

const look = (list) => (list.children.length ? "btn btn--quiet" : "btn"); // the first one is the likeliest

async function showKept(list) {
  const starts = [];
  const goesOn = [];
  for (const name of (await caches.keys()).filter((name) => name.startsWith("pages-"))) {
    const owner = name.slice("pages-".length);
    const pages = await caches.open(name);
    for (const request of await pages.keys()) {
      const path = new URL(request.url).pathname;
      const [, session] = path.match(SESSION) ?? [];
      if (!KIT.test(path) && !(session && localStorage.getItem(`player:${session}`))) continue;
      const kept = new DOMParser().parseFromString(await (await pages.match(request, { ignoreVary: true })).text(), "text/html");
      if (session) goesOn.push([kept.title.replace(/ · Limber$/, ""), path]);
      else starts.unshift([kept.body.dataset.routine, owner, path]);
    }
    for (const { id, routine, stem } of unfinished(owner)) goesOn.push([routine.replace(/, \d+ min$/, ""), `${stem}#${id}`]);
  }
  const offer = (kind, values) => list.append(Object.assign(document.createElement(kind), { className: look(list), ...values }));
  for (const [what, href] of goesOn) offer("a", { href, textContent: `Go on with ${what}` });
  for (const [what, owner, stem] of starts) {
    offer("button", { textContent: what, onclick: () => beginKept(owner, stem).catch(() => {}) });
  }
  const count = starts.length;
  document.getElementById("kept").textContent = count
    ? `${NUMBERS[count] ?? count} ${count === 1 ? "routine is" : "routines are"} saved on this phone and ${count === 1 ? "works" : "work"} without a connection. Your scores will be sent when you’re back.`
    : "No routine is saved on this phone yet. One that you have opened here can be started without a connection.";
  const unsent = document.getElementById("unsent");
  unsent.hidden = !Object.keys(localStorage).some((key) => key.startsWith("outbox:"));
  unsent.textContent = "What you did is kept on this phone, not sent yet.";
}

if ("caches" in window) showKept(document.getElementById("kept-routines"));

// It stands in the place of another page, which is shown as soon as it can be.
if (location.pathname !== "/offline/") {
  const again = async () => !document.hidden && (await isThere()) && location.reload();
  addEventListener("online", again);
  setInterval(again, TRY_AGAIN);
}
