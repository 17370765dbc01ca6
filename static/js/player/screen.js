// What is seen: the number, the ring, the bars, the words and the colour of the room.

import { draw, light } from "./ring.js";

const PAUSED_SURFACE = "ink";
const player = document.getElementById("player");

export const current = () => document.getElementById("step");
export const template = (number) => document.getElementById(`step-${number}`);
export const stepAt = (number) => template(number)?.content.firstElementChild;
const bars = () => [...player.querySelectorAll(".session-bars rect")];

export function drawRing() {
  const { ring, seconds, arcs } = current().dataset;
  draw(current().querySelector(".ring__ticks"), ring, Number(seconds), Number(arcs));
}

/** The countdown: `milliseconds` are left of `whole`. */
export function paint(milliseconds, whole) {
  const step = current();
  const seconds = Math.ceil(milliseconds / 1000);
  const count = step.querySelector("#count");
  if (count.textContent !== String(seconds)) count.textContent = seconds;
  const { ring, arcs, arcsDone } = step.dataset;
  const gone = Math.min(1, 1 - milliseconds / whole);
  light(step.querySelector(".ring__ticks"), ring === "reps" ? Number(arcsDone) / Number(arcs) : gone);
  const remaining = seconds + Number(step.dataset.after);
  const clock = `${Math.floor(remaining / 60)}:${String(remaining % 60).padStart(2, "0")}`;
  document.getElementById("left").textContent = `${step.dataset.here} of ${bars().length}, ${clock} left`;
}

/** The phase, its colour and its words. `still`: the words to show while the clock stands, or null. */
export function show({ running, still, button }) {
  const step = current();
  player.dataset.phase = still ? "paused" : step.dataset.kind;
  player.dataset.surface = still ? PAUSED_SURFACE : step.dataset.surface;
  player.toggleAttribute("data-running", running);
  const here = Number(step.dataset.here);
  bars().forEach((bar, number) => bar.setAttribute("class", number + 1 < here ? "done" : number + 1 === here ? "now" : ""));
  const written = stepAt(step.dataset.number);
  for (const [part, words] of [[".player__side", still?.side], [".player__cue", still?.cue]]) {
    step.querySelector(part).textContent = words ?? written.querySelector(part).textContent;
  }
  player.querySelector("[data-act=toggle]").setAttribute("aria-label", button);
}

/** The easier stretch of the current one: a template with its drawing, { slug, name, cue, side }; or nothing. */
const easierTemplate = () => document.querySelector(`template[data-here="${current().dataset.here}"]`);
export const easier = () => easierTemplate()?.dataset;

/** Show the easier stretch in place of the plan's. */
export function showEasier({ withCue }) {
  const step = current();
  const { name, cue, side } = easier();
  const saysCue = withCue && !["rest", "switch"].includes(step.dataset.kind);
  step.querySelector("#title").textContent = name;
  if (saysCue) step.querySelector(".player__cue").textContent = cue;
  const figure = easierTemplate().content.firstElementChild?.cloneNode(true);
  if (!figure) return;
  const sides = [side, step.dataset.side];
  figure.classList.toggle("figure--flip", sides.includes("left") && sides.includes("right"));
  step.querySelector(".ring .figure").replaceWith(figure);
}

export function offerEasier(name) {
  const button = player.querySelector("[data-act=easier]");
  button.hidden = !name;
  button.textContent = name ? `Easier: ${name}` : "";
}

/** One sentence for those who hear the page. */
export function say(sentence) {
  document.getElementById("said").textContent = sentence;
}
