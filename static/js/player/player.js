// The player. htmx swaps the steps, which this page holds as templates; this module keeps the time,
// remembers the place and says what happened (outbox.js).
//
// Time is one deadline (`ends`, ms since 1970), never a count of ticks: right after sleep and throttling.
// Each step begins where the one before it ended, so that nothing adds up over a session.

import { add, send } from "../outbox.js";
import { sessionId } from "../session-id.js";
import { move, pause } from "./movement.js";
import { runInOneTab } from "./one-tab.js";
import * as screen from "./screen.js";
import { set, settings } from "./settings.js";
import * as sound from "./sound.js";
import { keepAwake } from "./wake-lock.js";

const AWAY = 5_000; // ms: a step that ended longer ago than this is asked about, not counted
const CLOCK_SET = 1_500; // ms: a larger jump of the wall clock means that it was set
const REDO_AFTER = 2_000; // ms: Back goes to the start of a step first, then to the step before
const MORE = 10; // s

const player = document.getElementById("player");
const session = sessionId();
const storageKey = `player:${session}`;
const count = Number(player.dataset.steps);

/**
 * { number, running, ends, left, asked, hurt, easier }: `left` (ms) while still, `ends` while running.
 * asked: a hold ended while nobody looked. hurt: it was left. easier: by stretch, the slug of what is done instead.
 */
let place;
let step = screen.current();
let timer;
let clockOffset = Date.now() - performance.now();
let isHere = false; // whether this tab has the session
place = kept() ?? still(Number(step.dataset.number));

function still(number) {
  return { number, running: false, ends: 0, left: null, asked: false, hurt: false, easier: place?.easier ?? {} };
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(storageKey));
  } catch {
    return null;
  }
}

function keep() {
  try {
    localStorage.setItem(storageKey, JSON.stringify(place));
  } catch {
    // Storage is full: the session goes on, only a reload would start this step again.
  }
}

const whole = () => Number(step.dataset.seconds) * 1000;
const left = () => (place.running ? place.ends - Date.now() : (place.left ?? whole()));
const gone = () => Math.max(0, whole() - left());
const easierNow = () => place.easier?.[step.dataset.here];

// --- Steps: htmx asks for one, and this page answers from its own template -----------------------

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const number = new URL(ctx.request.action, location.href).searchParams.get("step");
  if (ctx.request.method !== "GET" || number === null || !screen.template(number)) return;
  const html = screen.template(number).innerHTML;
  ctx.fetch = async () => new Response(html, { headers: { "Content-Type": "text/html" } });
});

document.addEventListener("htmx:after:swap", enter);

/** Go to a step. from: when it begins (ms since 1970), or nothing for now; it stands still unless `running`. */
function go(number, { running = place.running || place.asked || place.hurt, from = Date.now() } = {}) {
  if (number >= count) return finish(true);
  place = { ...still(Math.max(0, number)), running, ends: running ? from + seconds(number) * 1000 : 0 };
  keep();
  if (place.number === Number(step.dataset.number)) return enter();
  htmx.ajax("GET", `?step=${place.number}`, { target: "#step", swap: "outerHTML" });
}

const seconds = (number) => Number(screen.stepAt(Math.max(0, number)).dataset.seconds);

function enter() {
  step = screen.current();
  place.number = Number(step.dataset.number);
  screen.drawRing();
  keep();
  show();
  tick();
  hear();
  if (place.running) tell(step.dataset.spoken);
}

async function finish(isWhole) {
  place = still(place.number);
  clearTimeout(timer);
  sound.hush();
  sound.silence();
  keepAwake(false);
  localStorage.removeItem(storageKey);
  await Promise.race([add(session, "end", { whole: isWhole }), new Promise((done) => setTimeout(done, 2_000))]);
  location.href = player.dataset.finish + location.hash;
}

// --- Time ---------------------------------------------------------------------------------------

function tick() {
  clearTimeout(timer);
  noticeClockSet();
  const milliseconds = Math.max(0, left());
  screen.paint(milliseconds, whole());
  if (!place.running || !isHere) return;
  if (left() <= 0) return ended(-left());
  timer = setTimeout(tick, Math.min(milliseconds, milliseconds % 1000 || 1000) + 5);
}

function noticeClockSet() {
  const offset = Date.now() - performance.now();
  const jump = offset - clockOffset;
  if (Math.abs(jump) <= CLOCK_SET) return;
  clockOffset = offset;
  if (document.hidden || !place.running) return;
  place.ends += jump;
  keep();
  hear();
}

/** The step has come to its end, `late` ms ago. Nobody's record gets holds that nobody did. */
function ended(late) {
  if (late > AWAY && step.dataset.kind === "hold") {
    place = { ...place, running: false, left: 0, asked: true };
    keep();
    show();
    tell("This hold ended while the screen was off. Count it, or do it again?");
    return;
  }
  note("done", Number(step.dataset.seconds));
  advance(late > AWAY ? { running: false } : { from: place.ends });
}

function advance(how) {
  if (settings.vibration) navigator.vibrate?.(step.dataset.kind === "hold" ? [200, 100, 200] : 200);
  const next = place.number + 1;
  const isOther = next < count && screen.stepAt(next).dataset.here !== step.dataset.here;
  go(next, settings.wait && isOther ? { running: false } : how);
}

function note(result, seconds) {
  if (step.dataset.kind === "hold") add(session, `hold:${step.dataset.number}`, { result, seconds, ...instead() });
}

/** The easier stretch, where that one is done. */
function instead() {
  const slug = easierNow();
  return slug ? { slug } : {};
}

// --- What is seen and heard ---------------------------------------------------------------------

function hear() {
  if (!place.running || !isHere) return sound.hush();
  const next = screen.stepAt(place.number + 1)?.dataset.kind;
  sound.plan(step.dataset.kind, Number(step.dataset.seconds), gone() / 1000, next);
}

function tell(sentence) {
  screen.say(sentence);
  sound.speak(sentence);
}

/** The words while the clock stands, or null before the session has begun. */
function words() {
  if (place.running) return null;
  if (place.asked) {
    return { side: "Still there?", cue: "This hold ended while the screen was off. Count it and go on, or go back and do it again." };
  }
  if (place.hurt) return { side: "Left it", cue: `Try ${screen.easier().name} instead, or go on to the next one.` };
  if (place.left === null) return place.number > 0 ? { side: "When you are ready" } : null;
  return { side: "Paused", cue: "Take all the time you need." };
}

function show() {
  const easier = easierNow();
  const button = place.running ? "Pause" : place.asked ? "Count it and go on" : words() ? "Go on" : "Start";
  screen.show({ running: place.running, still: words(), button });
  if (easier) screen.showEasier({ withCue: place.running });
  screen.offerEasier(easier ? "" : screen.easier()?.name);
  if (step.dataset.kind === "hold" && place.running && !easier) move(step, Number(step.dataset.seconds));
  pause(step, !place.running);
  keepAwake(place.running && settings.awake);
}

// --- Controls -----------------------------------------------------------------------------------

function firstStepOf(here) {
  let number = Number(step.dataset.number);
  while (number > 0 && screen.stepAt(number - 1).dataset.here === here) number -= 1;
  return number;
}

function nextStretch() {
  let number = place.number;
  while (screen.stepAt(number)?.dataset.here === step.dataset.here) number += 1;
  go(number, { running: !(settings.wait && number < count) });
}

const acts = {
  toggle() {
    if (place.asked) {
      note("done", Number(step.dataset.seconds));
      return advance();
    }
    if (place.hurt) return nextStretch();
    if (place.running) place = { ...place, running: false, left: Math.max(0, left()) };
    else place = { ...place, running: true, ends: Date.now() + left(), left: null };
    keep();
    show();
    tick();
    hear();
    if (place.running) tell(step.dataset.spoken);
    else screen.say("Paused.");
  },
  back() {
    const isFresh = gone() < REDO_AFTER && !place.asked;
    go(isFresh ? place.number - 1 : place.number);
  },
  skip() {
    note("skipped", Math.round(gone() / 1000));
    advance();
  },
  more() {
    if (place.running) place.ends += MORE * 1000;
    else place = { ...place, left: left() + MORE * 1000, asked: false };
    step.dataset.seconds = Number(step.dataset.seconds) + MORE;
    screen.drawRing();
    keep();
    show();
    tick();
    hear();
  },
  hurts() {
    add(session, `hurt:${step.dataset.number}`, { seconds: Math.round(gone() / 1000), ...instead() });
    note("skipped", Math.round(gone() / 1000));
    if (easierNow() || !screen.easier()) return nextStretch();
    place = { ...place, running: false, left: 0, hurt: true };
    keep();
    show();
    tick();
    hear();
    tell(`Left it. Try ${screen.easier().name} instead, or go on.`);
  },
  easier() {
    const { here } = step.dataset;
    place.easier = { ...place.easier, [here]: screen.easier().slug };
    go(firstStepOf(here), { running: true });
  },
  jump(control) {
    control.closest("[popover]").hidePopover();
    go(Number(control.dataset.step));
  },
  "skip-stretch": nextStretch,
  end() {
    finish(false);
  },
  sound(control) {
    set("sound", !settings.sound);
    control.setAttribute("aria-pressed", settings.sound);
    sound.unlock();
    hear();
  },
  async check() {
    await sound.check();
    sound.speak("This is the voice. Switch sides.");
  },
};

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-act]");
  if (!control) return;
  event.preventDefault();
  sound.unlock();
  if (control.dataset.act === "take-over") return takeOver();
  if (event.detail > 1 && control.dataset.act !== "more") return; // the second of two quick taps was not meant
  if (isHere) acts[control.dataset.act](control);
});

document.addEventListener("change", ({ target }) => {
  const name = target.dataset.setting;
  if (!name) return;
  set(name, target.type === "checkbox" ? target.checked : target.type === "range" ? Number(target.value) : target.value);
  sound.unlock();
  hear();
  if (name === "voice" && settings.voice) sound.speak(step.dataset.spoken); // inside the tap that wants it
});

addEventListener("keydown", (event) => {
  const isTaken = event.ctrlKey || event.metaKey || event.altKey || event.repeat || !settings.keys || !isHere;
  if (isTaken || event.target.closest("input, textarea, select, [popover]")) return;
  if (event.key === " " && event.target.closest("button, a")) return; // it presses that one
  const act = { " ": "toggle", k: "toggle", ArrowRight: "skip", ArrowLeft: "back" }[event.key];
  if (!act) return;
  event.preventDefault();
  sound.unlock();
  acts[act]();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  keepAwake(place.running && settings.awake);
  tick();
  hear();
});

// --- One tab ------------------------------------------------------------------------------------

const elsewhere = document.getElementById("elsewhere");

const takeOver = runInOneTab(
  session,
  () => {
    isHere = true;
    player.inert = false;
    elsewhere.hidden = true;
    place = kept() ?? place;
    player.querySelector("[data-act=toggle]").disabled = false;
    send();
    if (place.number !== Number(step.dataset.number) && screen.template(place.number)) {
      htmx.ajax("GET", `?step=${place.number}`, { target: "#step", swap: "outerHTML" });
    } else {
      enter();
    }
  },
  () => {
    isHere = false;
    clearTimeout(timer);
    sound.hush();
    keepAwake(false);
    player.inert = true;
    elsewhere.hidden = false;
  },
);
