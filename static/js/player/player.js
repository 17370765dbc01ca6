// The player. htmx swaps the steps, which this page holds as templates; this module keeps the time,
// remembers the place and says what happened (outbox.js).
//
// Time is one deadline (`ends`, ms since 1970), never a count of ticks: right after sleep and throttling.

import { add, send } from "../outbox.js";
import { draw, light } from "./ring.js";
import * as sound from "./sound.js";
import { keepAwake } from "./wake-lock.js";

const AWAY = 5_000; // ms: a step that ended longer ago than this is asked about, not counted
const CLOCK_SET = 1_500; // ms: a larger jump of the wall clock means that it was set
const REDO_AFTER = 2; // s: Back goes to the start of a step first, then to the step before
const PAUSED_SURFACE = "ink";

const player = document.getElementById("player");
const session = player.dataset.session;
const storageKey = `player:${session}`;

/** { number, running, ends, left, asked }: `left` (ms) while still, `ends` while running. */
let place = JSON.parse(localStorage.getItem(storageKey) ?? "null") ?? still(0);
let step = document.getElementById("step");
let timer;
let clockOffset = Date.now() - performance.now();

function still(number) {
  return { number, running: false, ends: 0, left: null, asked: false };
}

const whole = () => Number(step.dataset.seconds) * 1000;
const left = () => (place.running ? place.ends - Date.now() : (place.left ?? whole()));
const template = (number) => document.getElementById(`step-${number}`);

function keep() {
  try {
    localStorage.setItem(storageKey, JSON.stringify(place));
  } catch {
    // Storage is full: the session goes on, only a reload would start this step again.
  }
}

// --- Steps: htmx asks for one, and this page answers from its own template -----------------------

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const number = new URL(ctx.request.action, location.href).searchParams.get("step");
  if (ctx.request.method !== "GET" || number === null || !template(number)) return;
  const html = template(number).innerHTML;
  ctx.fetch = async () => new Response(html, { headers: { "Content-Type": "text/html" } });
});

document.addEventListener("htmx:after:swap", enter);

function go(number) {
  if (number >= Number(player.dataset.steps)) return finish(true);
  place = { ...still(Math.max(0, number)), running: place.running || place.asked };
  if (place.number === Number(step.dataset.number)) return enter();
  keep();
  htmx.ajax("GET", `?step=${place.number}`, { target: "#step", swap: "outerHTML" });
}

function enter() {
  step = document.getElementById("step");
  place.number = Number(step.dataset.number);
  if (place.running && !place.ends) place.ends = Date.now() + whole();
  draw(step.querySelector(".ring__ticks"), step.dataset.ring, Number(step.dataset.seconds), Number(step.dataset.arcs));
  keep();
  show();
  tick();
  plan();
  if (place.running) say(step.dataset.spoken);
}

async function finish(isWhole) {
  place = still(place.number);
  clearTimeout(timer);
  sound.hush();
  keepAwake(false);
  localStorage.removeItem(storageKey);
  await Promise.race([add(session, "end", { whole: isWhole }), new Promise((done) => setTimeout(done, 2_000))]);
  location.href = player.dataset.finish;
}

// --- Time ---------------------------------------------------------------------------------------

function tick() {
  clearTimeout(timer);
  noticeClockSet();
  const milliseconds = Math.max(0, left());
  paint(milliseconds);
  if (!place.running) return;
  if (left() <= 0) return ended(-left());
  timer = setTimeout(tick, Math.min(milliseconds, milliseconds % 1000 || 1000) + 5);
}

function noticeClockSet() {
  const offset = Date.now() - performance.now();
  const jump = offset - clockOffset;
  if (Math.abs(jump) > CLOCK_SET && !document.hidden && place.running && place.ends) place.ends += jump;
  if (Math.abs(jump) > CLOCK_SET) clockOffset = offset;
}

/** The step has come to its end, `late` ms ago. Nobody's record gets holds that nobody did. */
function ended(late) {
  if (late > AWAY && step.dataset.kind === "hold") {
    place = { ...place, running: false, left: 0, asked: true };
    keep();
    show();
    say("This hold ended while the screen was off. Count it, or do it again?");
    return;
  }
  note("done", Number(step.dataset.seconds));
  advance();
}

function advance() {
  navigator.vibrate?.(step.dataset.kind === "hold" ? [200, 100, 200] : 200);
  const next = place.number + 1;
  if (next >= Number(player.dataset.steps)) return finish(true);
  place = { ...still(next), running: place.running || place.asked };
  keep();
  htmx.trigger(step, "step:next");
}

function note(result, seconds) {
  if (step.dataset.kind === "hold") add(session, `hold:${step.dataset.number}`, { result, seconds });
}

function plan() {
  if (place.running) sound.plan(left() / 1000, step.dataset.kind);
  else sound.hush();
}

// --- What is seen and heard ---------------------------------------------------------------------

function paint(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const count = step.querySelector("#count");
  if (count.textContent !== String(seconds)) count.textContent = seconds;
  const gone = Math.min(1, 1 - milliseconds / whole());
  const { ring, arcs, arcsDone } = step.dataset;
  light(step.querySelector(".ring__ticks"), ring === "reps" ? Number(arcsDone) / Number(arcs) : gone);
  const remaining = seconds + Number(step.dataset.after);
  const clock = `${Math.floor(remaining / 60)}:${String(remaining % 60).padStart(2, "0")}`;
  document.getElementById("left").textContent = `${step.dataset.here} of ${bars().length}, ${clock} left`;
}

function bars() {
  return [...player.querySelectorAll(".session-bars rect")];
}

function show() {
  const isPaused = !place.running && (place.number > 0 || place.left !== null);
  player.dataset.phase = isPaused ? "paused" : step.dataset.kind;
  player.dataset.surface = isPaused ? PAUSED_SURFACE : step.dataset.surface;
  player.toggleAttribute("data-running", place.running);
  const here = Number(step.dataset.here);
  bars().forEach((bar, number) => bar.setAttribute("class", number + 1 < here ? "done" : number + 1 === here ? "now" : ""));
  if (isPaused) {
    step.querySelector(".player__side").textContent = place.asked ? "Still there?" : "Paused";
    step.querySelector(".player__cue").textContent = place.asked
      ? "This hold ended while the screen was off. Count it and go on, or go back and do it again."
      : "Take all the time you need.";
  } else {
    const original = template(place.number).content;
    for (const part of [".player__side", ".player__cue"]) {
      step.querySelector(part).textContent = original.querySelector(part).textContent;
    }
  }
  const main = player.querySelector("[data-act=toggle]");
  main.setAttribute("aria-label", place.running ? "Pause" : place.asked ? "Count it and go on" : isPaused ? "Go on" : "Start");
  keepAwake(place.running);
}

function say(sentence) {
  document.getElementById("said").textContent = sentence;
}

// --- Controls -----------------------------------------------------------------------------------

const acts = {
  toggle() {
    if (place.asked) {
      note("done", Number(step.dataset.seconds));
      return advance();
    }
    if (place.running) place = { ...place, running: false, left: Math.max(0, left()) };
    else place = { ...place, running: true, ends: Date.now() + left(), left: null };
    keep();
    show();
    tick();
    plan();
    say(place.running ? step.dataset.spoken : "Paused.");
  },
  back() {
    const isFresh = whole() - left() < REDO_AFTER * 1000 && !place.asked;
    go(isFresh ? place.number - 1 : place.number);
  },
  skip() {
    note("skipped", Math.max(0, Math.round((whole() - left()) / 1000)));
    advance();
  },
  "skip-stretch"() {
    let number = place.number;
    while (template(number)?.content.firstElementChild.dataset.here === step.dataset.here) number += 1;
    place.running = true;
    go(number);
  },
  more() {
    if (place.running) place.ends += 10_000;
    else place = { ...place, left: left() + 10_000, asked: false };
    step.dataset.seconds = Number(step.dataset.seconds) + 10;
    draw(step.querySelector(".ring__ticks"), step.dataset.ring, Number(step.dataset.seconds), Number(step.dataset.arcs));
    keep();
    show();
    tick();
    plan();
  },
  end() {
    finish(false);
  },
  sound(button) {
    sound.turn(!sound.isOn());
    button.setAttribute("aria-pressed", sound.isOn());
    sound.unlock();
    plan();
  },
};

player.addEventListener("click", (event) => {
  const control = event.target.closest("[data-act]");
  if (!control) return;
  event.preventDefault();
  sound.unlock();
  acts[control.dataset.act](control);
});

addEventListener("keydown", (event) => {
  const isTaken = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
  if (isTaken || event.target.closest("input, textarea, select")) return;
  if (event.key === " " && event.target.closest("button, a")) return; // it presses that one
  const act = { " ": "toggle", k: "toggle", ArrowRight: "skip", ArrowLeft: "back" }[event.key];
  if (!act) return;
  event.preventDefault();
  sound.unlock();
  acts[act]();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  keepAwake(place.running);
  tick();
  plan();
});

player.querySelector("[data-act=toggle]").disabled = false;
player.querySelector("[data-act=sound]").setAttribute("aria-pressed", sound.isOn());
send();
if (place.number !== Number(step.dataset.number) && template(place.number)) {
  htmx.ajax("GET", `?step=${place.number}`, { target: "#step", swap: "outerHTML" });
} else {
  enter();
}
