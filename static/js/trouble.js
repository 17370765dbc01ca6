// A change that htmx could not bring home is said, never dropped in silence.
const notice = document.getElementById("trouble");
const sentences = {
  401: "That was not saved: you are signed out. What you typed stays here. Sign in, come back, and change it once more.",
  403: "That was not saved: this page has been open for too long. Load it again, and try once more.",
  404: "That was not saved: what you changed is not there any more. Load the page again.",
  429: "That was not saved: too much came from this address in a short time. Try again later.",
  503: "That was not saved: the server can’t write just now. What you typed stays here. Try again in a minute.",
};

function tell(sentence, link) {
  if (!notice) return;
  notice.replaceChildren(sentence, ...(link ? [" ", link] : []));
  notice.hidden = !sentence;
}

function signInElsewhere() {
  const link = document.createElement("a");
  Object.assign(link, { href: "/accounts/login/", target: "_blank", textContent: "Sign in on another page" });
  return link;
}

document.addEventListener("htmx:error", () => tell("That was not saved: there is no connection. Try again in a moment."));
document.addEventListener("htmx:response:error", ({ detail }) => {
  const { status } = detail.ctx.response;
  const sentence = sentences[status] ?? "That was not saved: something gave way on our side. Try again in a minute.";
  if (status !== 422) tell(sentence, status === 401 && signInElsewhere());
});
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const status = detail.ctx.response?.status ?? 200; // htmx tells of a swap also where it left the page alone
  if (status < 400 || status === 422) tell("");
});
