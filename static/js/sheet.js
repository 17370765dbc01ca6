// A sheet opens when htmx has filled it. Its links lead to a page of its own where there is no script.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const sheet = document.querySelector(".sheet:not(:empty)");
  if (!sheet || detail.ctx.target !== sheet) return;
  if (!sheet.matches(":popover-open")) sheet.showPopover();
  sheet.querySelector("h2")?.focus();
});

// A page that is opened at its picker opens it, so that one can go on adding.
const isPhone = matchMedia("(max-width: 59.99rem)").matches;
if (location.hash === "#picker") {
  if (isPhone) document.getElementById("picker")?.showPopover?.();
  history.replaceState(history.state, "", location.pathname + location.search); // Back finds it closed
}
