// The ring of bars: one a second while holding, one arc a repetition, fine ticks while waiting.

const CENTRE = 200;
const [INNER, OUTER, MIDDLE] = [174, 190, 182]; // radii, on a picture of 400 by 400
const MOST_BARS = 60;
const WAITING_BARS = 24;

function point(radius, angle) {
  return `${(CENTRE + radius * Math.cos(angle)).toFixed(1)} ${(CENTRE + radius * Math.sin(angle)).toFixed(1)}`;
}

function bar(number, step, isArc) {
  const angle = (number + 0.5) * step - Math.PI / 2;
  if (!isArc) return `M${point(INNER, angle)}L${point(OUTER, angle)}`;
  const half = Math.max(0.01, step / 2 - 0.09);
  return `M${point(MIDDLE, angle - half)}A${MIDDLE} ${MIDDLE} 0 0 1 ${point(MIDDLE, angle + half)}`;
}

/** Draw the bars of a step into its svg. `kind` is hold, reps or wait; `seconds` and `arcs` its size. */
export function draw(svg, kind, seconds, arcs) {
  const count = { hold: Math.min(seconds, MOST_BARS), reps: arcs, wait: WAITING_BARS }[kind];
  const step = (2 * Math.PI) / count;
  const width = { hold: Math.max(6, Math.min(15, MIDDLE * step * 0.42)), reps: 14, wait: 6 }[kind];
  const bars = Array.from({ length: count }, (_, number) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", bar(number, step, kind === "reps"));
    path.setAttribute("stroke-width", width);
    return path;
  });
  svg.replaceChildren(...bars);
}

/** Light the first bars: `share` of them, from 0 to 1. */
export function light(svg, share) {
  const lit = Math.floor(share * svg.children.length + 1e-6);
  [...svg.children].forEach((path, number) => path.classList.toggle("done", number < lit));
}
