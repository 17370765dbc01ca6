// A change that htmx could not bring home is said, never dropped in silence.
const notice = document.getElementById("trouble");
const sentences = {
  403: "That was not saved: this page has been open for too long. Load it again, and try once more.",
  404: "That was not saved: what you changed is not there any more. Load the page again.",
};

function tell(sentence) {
  if (!notice) return;
  notice.textContent = sentence;
  notice.hidden = !sentence;
}

document.addEventListener("htmx:error", () => tell("That was not saved: there is no connection. Try again in a moment."));
document.addEventListener("htmx:response:error", ({ detail }) => {
  const { status } = detail.ctx.response;
  if (status !== 422) tell(sentences[status] ?? "That was not saved: something gave way on our side. Try again in a minute.");
});
document.addEventListener("htmx:after:swap", () => tell(""));
