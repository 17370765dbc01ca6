// Moves a line along the chart and says what stands there: by the slider below it (so arrow keys work), or
// by mouse or finger on the plot. The element starts itself; without JavaScript the slider stays hidden.
class ReadingLine extends HTMLElement {
  connectedCallback() {
    this.slider = this.querySelector("input[type=range]");
    if (!this.slider) return;
    this.line = this.querySelector(".reading");
    this.plot = this.querySelector(".plot");
    this.stops = JSON.parse(this.querySelector("script[type='application/json']").textContent);
    // The element itself is the listener, so that connecting it twice doesn't listen twice.
    this.slider.addEventListener("input", this);
    this.slider.addEventListener("focus", this);
    this.plot.addEventListener("pointerdown", this);
    this.plot.addEventListener("pointermove", this);
    this.say();
    this.querySelector(".reader").hidden = false;
  }

  handleEvent(event) {
    if (event.type.startsWith("pointer")) this.slider.value = this.nearest(event.clientX);
    this.say();
    this.draw();
  }

  get stop() {
    return this.stops[this.slider.valueAsNumber];
  }

  say() {
    const [, words] = this.stop;
    this.slider.setAttribute("aria-valuetext", words);
    this.querySelector("output").value = words;
  }

  draw() {
    const [x] = this.stop;
    this.line.setAttribute("x1", `${x}%`);
    this.line.setAttribute("x2", `${x}%`);
    this.line.removeAttribute("visibility");
  }

  // The number of the stop nearest to a place in the window.
  nearest(clientX) {
    const plot = this.plot.getBoundingClientRect();
    const x = ((clientX - plot.left) / plot.width) * 100;
    const away = this.stops.map(([place]) => Math.abs(place - x));
    return away.indexOf(Math.min(...away));
  }
}

customElements.define("reading-line", ReadingLine);
