// The service worker: sessions go on where the network doesn't. VERSION, FILES, PAGES, IS_OFF and ICON stand above.
//
// Two kinds of cache. "static-<version>" holds files and the pages that are the same for everyone.
// "pages-<person>" holds pages of one person: the session begun last, and routines to start without a network.
// Only a page that names its person is kept: a hotel's page that answers 200 in our place is never taken for one.
// What a person sends is no business of the worker: it is the outbox's (js/outbox.js).

const STATIC = `static-${VERSION}`;
const [OFFLINE] = PAGES;
const ALL_FILES = "/static/";
const SESSION_WAIT = 3_000; // ms, then the kept page is shown
const PAGE_WAIT = 10_000;
const MOST_ROUTINES = 6;

const SESSION = /^\/sessions\/[0-9a-f-]{36}\/(before\/|finish\/)?$/;
const KIT = /^\/routines\/\d+\/offline\/(before\/|finish\/)?$/;
const PARTS = ["before/", "", "finish/"];
const STEM = /^\/(sessions|routines)\/[^/]+\/(offline\/)?/;
const PERSON = /<body data-person="([0-9a-f]{16})"/;
const AS_TOLD = ["content-type", "content-security-policy"]; // of a page's headers of content: length and encoding are gone
const BEGIN = / data-begin="([^"]+)"/;

let isForgotten = false; // since somebody signed out: what is still on its way is not kept

// --- What is kept ---------------------------------------------------------------------------------

/** The pages of everybody but this person go. */
async function forgetOthers(person) {
  for (const name of await caches.keys()) if (name.startsWith("pages-") && name !== `pages-${person}`) await caches.delete(name);
}

async function allKept() {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  return Promise.all(names.map((name) => caches.open(name)));
}

async function kept(path) {
  for (const pages of await allKept()) {
    const page = await pages.match(path, { ignoreVary: true });
    if (page) return page;
  }
}

/** What an answer holds. `person` is whose page of ours it is: nobody's, if it isn't one. */
async function read(response) {
  const { ok, redirected, status, type, headers } = response;
  const html = await response.text();
  const isPage = ok && !redirected && type === "basic" && headers.get("Content-Type")?.startsWith("text/html");
  return { html, headers, person: isPage && html.match(PERSON)?.[1], isGone: redirected || status === 404 };
}

/** Keep a page, with all files that it names. Resolves to whether it was. */
async function keep(path, { html, headers, person }, files) {
  if (!person || isForgotten) return false;
  const named = new Set([...html.matchAll(/"(\/static\/[^"#?]+)/g)].map(([, file]) => file));
  for (const file of named) if (!(await files.match(file))) await files.add(file).catch(() => {});
  await forgetOthers(person);
  const pages = await caches.open(`pages-${person}`);
  const told = new Headers([...headers].filter(([name]) => !name.startsWith("content-") || AS_TOLD.includes(name)));
  await pages.put(path, new Response(html, { headers: told })); // the last one put is the last one listed
  return true;
}

const timed = (promise, wait) => Promise.race([promise, new Promise((_, fail) => setTimeout(fail, wait, new Error("slow")))]);
const ask = (path) => timed(fetch(path, { cache: "no-store" }).then(read), PAGE_WAIT);

/** Keep the pages of a session, and no longer those of another one. */
async function keepSession(stem) {
  for (const pages of await allKept()) {
    for (const { url } of await pages.keys()) {
      const { pathname } = new URL(url);
      if (SESSION.test(pathname) && !pathname.startsWith(stem)) await pages.delete(pathname);
    }
  }
  const files = await caches.open(STATIC);
  for (const part of PARTS) if (!(await kept(stem + part))) await keep(stem + part, await ask(stem + part), files);
}

/** Keep what starts a routine without a network. Its plan is in data-begin: the same means nothing to do. */
async function keepKit(stem) {
  const files = await caches.open(STATIC);
  const old = await (await kept(stem))?.text();
  const player = await ask(stem);
  if (player.isGone) for (const pages of await allKept()) for (const part of PARTS) await pages.delete(stem + part);
  const isSame = old && old.match(BEGIN)?.[1] === player.html.match(BEGIN)?.[1];
  if (!(await keep(stem, player, files)) || isSame) return;
  for (const part of ["before/", "finish/"]) await keep(stem + part, await ask(stem + part), files);
  for (const pages of await allKept()) {
    const paths = (await pages.keys()).map(({ url }) => new URL(url).pathname).filter((path) => KIT.test(path));
    const stems = paths.filter((path) => path.endsWith("/offline/"));
    for (const tooMany of stems.slice(0, -MOST_ROUTINES)) for (const part of PARTS) await pages.delete(tooMany + part);
  }
}

// --- A new version --------------------------------------------------------------------------------

/** Everything new is fetched before anything old goes: a kept page without its files would be bare. */
async function install() {
  const files = await caches.open(STATIC);
  await files.addAll(FILES);
  for (const page of PAGES) {
    const response = await fetch(page, { credentials: "omit", cache: "no-store" });
    if (!response.ok || response.redirected || !(await response.clone().text()).includes("<body data-person")) throw new Error("not ours");
    await files.put(page, response);
  }
  for (const pages of await allKept()) {
    for (const { url } of await pages.keys()) {
      const { pathname } = new URL(url);
      const page = await ask(pathname);
      if (await keep(pathname, page, files)) continue;
      if (!page.isGone) throw new Error("not ours"); // the old worker stays, and the browser tries again
      await pages.delete(pathname);
    }
  }
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith("static-") && name !== STATIC) await caches.delete(name);
  await clients.claim();
  for (const { url } of await clients.matchAll()) {
    const { pathname } = new URL(url);
    if (SESSION.test(pathname)) keepSession(pathname.match(STEM)[0]).catch(() => {}); // nothing waits for it
  }
}

/** While developing: take everything away again. */
async function vanish() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
}

// --- Answers --------------------------------------------------------------------------------------

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function sessionPage(event, path) {
  const network = fetch(event.request);
  const keeping = network.then(async (response) => {
    if (new URL(event.request.url).search || response.redirected) return;
    if (await keep(path, await read(response.clone()), await caches.open(STATIC))) await keepSession(path.match(STEM)[0]);
  });
  event.waitUntil(keeping.catch(() => {}));
  try {
    return await timed(network, SESSION_WAIT);
  } catch {
    return (await kept(path)) ?? caches.match(OFFLINE);
  }
}

/** A routine started without a network goes on as it began: the kept page, also when the network is back. */
async function kitPage(event, path) {
  return (await kept(path)) ?? otherPage(event, path);
}

async function otherPage(event, path) {
  try {
    return await timed(fetch(event.request), PAGE_WAIT);
  } catch {
    return caches.match(PAGES.includes(path) ? path : OFFLINE);
  }
}

function answer(event) {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith(ALL_FILES)) event.respondWith(file(event.request));
  else if (mode !== "navigate") return;
  else if (SESSION.test(pathname)) event.respondWith(sessionPage(event, pathname));
  else if (KIT.test(pathname)) event.respondWith(kitPage(event, pathname));
  else event.respondWith(otherPage(event, pathname));
}

// --- A page asks: keep what can be followed from here ------------------------------------------------

async function listen({ forget, person, keep: paths }) {
  isForgotten = Boolean(forget);
  await forgetOthers(person);
  if (forget) return;
  for (const path of paths) {
    const [stem] = path.match(STEM) ?? [];
    if (SESSION.test(path)) await keepSession(stem);
    else if (KIT.test(path)) await keepKit(stem);
  }
}

// --- Reminders ------------------------------------------------------------------------------------

function remind(data) {
  const { title, body, url } = data.json();
  return registration.showNotification(title, { body, data: { url }, tag: "reminder", icon: ICON });
}

/** Only pages of ours are opened, whatever the notification says. */
async function open(notification) {
  notification.close();
  const url = new URL(notification.data?.url ?? "/", location.origin);
  await clients.openWindow(url.origin === location.origin ? url.href : "/");
}

if (IS_OFF) {
  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(vanish()));
} else {
  addEventListener("install", (event) => event.waitUntil(install()));
  addEventListener("activate", (event) => event.waitUntil(activate()));
  addEventListener("fetch", answer);
  addEventListener("message", (event) => event.waitUntil(listen(event.data).catch(() => {})));
  addEventListener("push", (event) => event.waitUntil(remind(event.data)));
  addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
}
