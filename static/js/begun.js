// Sessions that this phone began without a network. The server hears of them with their first facts.
//
// begun:<person>:<session> = { id, begin, at, routine, stem }: `begin` is the plan as the server signed it,
// `stem` the address of the kept pages.

const DAY = 86_400_000; // ms

function all(person) {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(`begun:${person}:`));
  return keys.flatMap((key) => {
    try {
      return [{ key, ...JSON.parse(localStorage.getItem(key)) }];
    } catch {
      return []; // not ours: it must not stop what can be sent
    }
  });
}

/** Begin the routine whose kept pages these are, and go to the first. Resolves to false where none are kept. */
export async function beginKept(person, stem) {
  const page = await caches.match(stem, { ignoreVary: true });
  if (!page) return false;
  const { begin, routine } = new DOMParser().parseFromString(await page.text(), "text/html").body.dataset;
  const now = Date.now();
  for (const { key, id, at } of all(person)) {
    const said = Object.keys(localStorage).some((other) => other.startsWith(`outbox:${person}:${id}:`));
    if (!said && now - at > DAY) localStorage.removeItem(key); // nothing ever came of it
  }
  const id = crypto.randomUUID();
  localStorage.setItem(`begun:${person}:${id}`, JSON.stringify({ id, begin, at: now, routine, stem }));
  location.href = `${stem}before/#${id}`;
  return true;
}

/** Those in the middle of which the person is. */
export function unfinished(person) {
  return all(person).filter(({ id }) => localStorage.getItem(`player:${id}`));
}

/** What goes along with these facts: the sessions of theirs that the server doesn't know yet. */
export function begunFor(facts) {
  const sessions = new Set(facts.map(({ session }) => session));
  return all(document.body.dataset.person)
    .filter(({ id }) => sessions.has(id))
    .map(({ id, begin, at }) => ({ id, begin, at }));
}

/** The server has these now. */
export function markBegun(ids = []) {
  for (const id of ids) localStorage.removeItem(`begun:${document.body.dataset.person}:${id}`);
}
