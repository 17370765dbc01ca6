// Whose facts these are: the session of the page, or one that this phone began without a network. The pages
// of such a one are the same for every session of its routine: the session stands behind the # (begun.js).

const KIT = /^\/routines\/\d+\//;
const SESSION = /^\/sessions\/[^/]+\//;
const ID = /^#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const player = document.getElementById("player");
const hash = location.hash;
export const isKit = "begin" in document.body.dataset;

/** The same page of the session at hand, begun without a network. */
function here(address) {
  return address.replace(SESSION, `${location.pathname.match(KIT)[0]}offline/`);
}

export function sessionId() {
  if (isKit) return hash.slice(1);
  return player?.dataset.session || location.pathname.match(SESSION)[0].split("/")[2];
}

/** Where a page of this session is: "" the player, "finish/", "before/". */
export function pageOf(part) {
  const page = `/sessions/${sessionId()}/${part}`;
  return isKit ? here(page) + hash : page;
}

if (isKit) {
  if (!ID.test(hash)) location.replace(location.pathname.match(KIT)[0]);
  for (const link of document.querySelectorAll('a[href^="/sessions/"]')) link.href = here(link.getAttribute("href")) + hash;
  if (player) player.dataset.finish = here(player.dataset.finish);
  addEventListener("hashchange", () => history.replaceState(history.state, "", hash)); // a link to #main
}
