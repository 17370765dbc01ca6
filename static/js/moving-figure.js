// Shows the movement of a drawing when asked to, and stops it when asked to. The drawing that moves is a
// file of its own, fetched on the first press; until then, and after Stop, the still one stands there.
class MovingFigure extends HTMLElement {
  #shapes = null; // of the drawing that moves, once fetched

  connectedCallback() {
    this.button = this.querySelector("button");
    this.figure = this.closest("[data-figure]")?.querySelector(".figure");
    this.button.addEventListener("click", () => (this.isMoving ? this.stop() : this.start()));
    this.hidden = !this.figure;
  }

  get isMoving() {
    return this.hasAttribute("data-moving");
  }

  async start() {
    try {
      this.#shapes ??= await fetchShapes(this.dataset.file);
    } catch {
      this.label("Try again: the movement could not be loaded");
      return;
    }
    this.still ??= [...this.figure.childNodes];
    this.figure.replaceChildren(...this.#shapes.map((shape) => document.importNode(shape, true)));
    for (const animation of this.figure.querySelectorAll("animate")) animation.beginElement();
    this.toggleAttribute("data-moving", true);
    this.label("Stop the movement");
  }

  stop() {
    this.figure.replaceChildren(...this.still);
    this.toggleAttribute("data-moving", false);
    this.label("Show the movement");
  }

  label(words) {
    this.querySelector("[data-label]").textContent = words;
  }
}

async function fetchShapes(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const drawing = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
  return [...drawing.documentElement.children];
}

customElements.define("moving-figure", MovingFigure);
