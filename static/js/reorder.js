// Items are put in another order by dragging their grip with a finger or the mouse, or with the arrow keys on it.
// Only the grip takes the finger, so that the list itself still scrolls. Escape puts the item back.
//
// The move itself is the item's own form (`before=<the next item>`); the buttons beside it do without this script.

const EDGE = 80; // px from the edge of the window where it begins to scroll
const FASTEST = 14; // px a frame
const SLACK = 4; // px before a press becomes a drag

let drag = null;

class Drag {
  constructor(item, event) {
    this.item = item;
    this.list = item.parentElement;
    this.items = [...this.list.children];
    this.from = this.to = this.items.indexOf(item);
    this.tops = this.items.map((each) => each.getBoundingClientRect().top + scrollY);
    this.height = item.offsetHeight;
    this.startY = event.clientY + scrollY;
    this.y = event.clientY;
    this.moving = false;
  }

  follow(y) {
    this.y = y;
    const way = y + scrollY - this.startY;
    if (!this.moving && Math.abs(way) < SLACK) return;
    if (!this.moving) this.begin();
    this.item.style.transform = `translateY(${way}px)`;
    const top = this.tops[this.from] + way;
    const over = this.items.filter((each, n) => n !== this.from && this.tops[n] + each.offsetHeight / 2 < (n < this.from ? top : top + this.height));
    this.to = over.length;
    this.items.forEach((each, n) => {
      if (n === this.from) return;
      const shift = n < this.from && n >= this.to ? this.height : n > this.from && n <= this.to ? -this.height : 0;
      each.style.transform = shift ? `translateY(${shift}px)` : "";
    });
  }

  begin() {
    this.moving = true;
    this.item.classList.add("dragged");
    this.list.classList.add("dragging");
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  scroll() {
    const above = EDGE - this.y;
    const below = this.y - (innerHeight - EDGE);
    const by = above > 0 ? -above : Math.max(below, 0);
    if (by) {
      scrollBy({ top: Math.sign(by) * Math.min(FASTEST, Math.abs(by) / 4), behavior: "instant" });
      this.follow(this.y);
    }
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  end() {
    cancelAnimationFrame(this.frame);
    for (const each of this.items) each.style.transform = "";
    this.item.classList.remove("dragged");
    this.list.classList.remove("dragging");
  }

  drop() {
    this.end();
    if (!this.moving || this.to === this.from) return;
    const others = this.items.filter((each) => each !== this.item);
    const next = others[this.to] ?? null;
    this.list.insertBefore(this.item, next);
    move(this.item, { before: next?.dataset.item ?? "" });
  }
}

function move(item, where) {
  const form = item.querySelector("[id$=-move]");
  for (const [name, value] of Object.entries(where)) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
    form.addEventListener("htmx:after:request", () => field.remove(), { once: true });
  }
  form.requestSubmit();
}

function gripOf(event) {
  return event.target instanceof Element && event.target.closest(".grip");
}

document.addEventListener("pointerdown", (event) => {
  const grip = gripOf(event);
  if (!grip || event.button !== 0) return;
  grip.setPointerCapture(event.pointerId);
  drag = new Drag(grip.closest("[data-item]"), event);
});
document.addEventListener("pointermove", (event) => drag?.follow(event.clientY));
document.addEventListener("pointerup", () => {
  drag?.drop();
  drag = null;
});
function cancel() {
  drag?.end();
  drag = null;
}
document.addEventListener("pointercancel", cancel);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") cancel();
  const to = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const grip = to && gripOf(event);
  if (!grip) return;
  event.preventDefault();
  move(grip.closest("[data-item]"), { to });
});
