// In a flowing movement the figure moves too, once for every repetition. Nothing moves under reduced motion,
// and without a network the still one stays.

const isStill = matchMedia("(prefers-reduced-motion: reduce)");
const files = new Map(); // by address: its shapes, or nothing if it couldn't be fetched

async function shapes(address) {
  if (!files.has(address)) {
    const text = await fetch(address).then((answer) => (answer.ok ? answer.text() : ""), () => "");
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml");
    files.set(address, text ? [...drawing.documentElement.children] : null);
  }
  return files.get(address);
}

/** Let the figure of a step move, a round in so many seconds. */
export async function move(step, seconds) {
  const address = step.dataset.moving;
  if (!address || isStill.matches) return;
  const drawn = await shapes(address);
  const figure = step.querySelector(".figure");
  if (!drawn || !step.isConnected || figure.dataset.moves) return;
  figure.dataset.moves = "yes";
  figure.replaceChildren(...drawn.map((shape) => document.importNode(shape, true)));
  for (const part of figure.querySelectorAll("animate")) {
    part.setAttribute("dur", `${seconds}s`);
    part.beginElement();
  }
}

/** Stop and go on with the clock. */
export function pause(step, paused) {
  const figure = step.querySelector(".figure[data-moves]");
  if (paused) figure?.pauseAnimations();
  else figure?.unpauseAnimations();
}
