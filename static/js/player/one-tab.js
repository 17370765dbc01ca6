// A session runs in one tab. Another says that it runs elsewhere, and can take it over.

/** Calls `alone` when this tab has the session, `elsewhere` when another one has. Returns a way to take it over. */
export function runInOneTab(session, alone, elsewhere) {
  const name = `player:${session}`;
  if (!navigator.locks) {
    alone(); // no secure context: two tabs can't be told apart, and the facts stay right all the same
    return () => {};
  }
  const keep = (lock) => {
    if (!lock) return elsewhere();
    alone();
    return new Promise(() => {}); // until this page goes
  };
  const ask = (options) => navigator.locks.request(name, options, keep).catch(elsewhere); // another took it over
  ask({ ifAvailable: true });
  return () => ask({ steal: true });
}
