// The pages before and after a session without a network: what their forms say becomes facts in the outbox,
// the same that the server makes of them (journal/forms.py). With a network they are plain forms.

import { isThere } from "./network.js";
import { add, waiting } from "./outbox.js";
import { isKit, pageOf, sessionId } from "./session-id.js";

const SYMPTOMS = ["down_a_leg", "pins_and_needles", "cramp", "dizzy"];
const STOPS = SYMPTOMS.slice(0, 2); // these lead to the warning signs
const [, part] = location.pathname.match(/^\/(?:sessions|routines)\/.*\/(before|finish)\/$/) ?? [];

/** Facts by their keys, as FinishForm.values(). */
function factsOf(data, moment) {
  const facts = {};
  if (data.get("score")) facts[`pain:${moment}`] = { score: Number(data.get("score")) };
  if (moment === "before") return facts;
  for (const [name, value] of data) {
    if (name.startsWith("rating-") && value) facts[`rating:${name.slice("rating-".length)}`] = { value };
  }
  const note = Object.fromEntries(SYMPTOMS.map((name) => [name, data.has(name)]));
  note.text = data.get("text")?.trim() ?? "";
  if (Object.values(note).some(Boolean)) facts.note = note;
  return facts;
}

function say(sentence) {
  const notice = document.getElementById("trouble");
  notice.textContent = sentence;
  notice.hidden = false;
}

async function keep(data) {
  const session = sessionId();
  const isSkipped = data.has("skip");
  const facts = isSkipped ? {} : factsOf(data, part === "before" ? "before" : "after");
  if (!isSkipped && !Object.keys(facts).length) return say("Choose a number from 1 to 10, or skip this.");
  const hasEnded = waiting().some((fact) => fact.session === session && fact.key === "end");
  if (part === "finish" && !hasEnded) facts.end = { whole: false }; // the first end stands
  const sent = Object.entries(facts).map(([key, value]) => add(session, key, value));
  const isSent = await Promise.race([Promise.all(sent).then((all) => all.every(Boolean)), new Promise((done) => setTimeout(done, 2_000))]);
  if (!isSent) say("Kept on this phone, not sent yet.");
  if (part === "before") location.href = pageOf("");
  else location.href = STOPS.some((name) => facts.note?.[name]) ? "/safety/#leg" : "/";
}

let isBusy = false;
addEventListener("pageshow", () => (isBusy = false));

if (part) {
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    const isOurs = form.method === "post" && !form.hasAttribute("action") && (isKit || navigator.serviceWorker?.controller);
    if (event.defaultPrevented || !isOurs) return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    const data = new FormData(form, submitter);
    if (isKit || !(await isThere())) {
      await keep(data).catch(() => say("That could not be kept: this phone has no room left."));
      isBusy = false;
      return;
    }
    if (submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
    form.submit();
  });
}
