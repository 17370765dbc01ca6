// Forms that may be somebody's first say where they are, so that a day is a day there.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function fill(root) {
  if (zone) for (const field of root.querySelectorAll("[data-time-zone]")) field.value = zone;
}

fill(document);
document.addEventListener("htmx:after:swap", () => fill(document));

// A guest comes into being with the first form, whichever it is.
document.addEventListener("htmx:config:request", ({ detail }) => {
  const { body } = detail.ctx.request;
  if (zone && detail.ctx.request.method === "POST" && body instanceof FormData && !document.body.dataset.person) body.set("time_zone", zone);
});
