// Forms that may be somebody's first say where they are, so that a day is a day there.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function fill(root) {
  if (zone) for (const field of root.querySelectorAll("[data-time-zone]")) field.value = zone;
}

fill(document);
document.addEventListener("htmx:after:swap", () => fill(document));
