// The shortcut of the installed app, /?start, presses Start. The address is that of Today again before that, so that
// neither Back nor a reload starts once more. Nothing else can have it pressed: only where the app has been opened by
// the phone itself, and not by a link of another page. Where there is nothing to start, or no JavaScript, it is Today.
const isAsked = new URLSearchParams(location.search).has("start");
const isApp = matchMedia("(display-mode: standalone)").matches && !document.referrer;

if (isAsked) {
  history.replaceState(null, "", location.pathname);
  const form = document.getElementById("start");
  if (isApp) form?.requestSubmit();
  else form?.querySelector("button").focus();
}
