// A sheet opens when htmx has filled it. Its links lead to a page of its own where there is no script.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const sheet = document.querySelector(".sheet:not(:empty)");
  if (!sheet || detail.ctx.target !== sheet) return;
  if (!sheet.matches(":popover-open")) sheet.showPopover();
  sheet.querySelector("h2")?.focus();
});
