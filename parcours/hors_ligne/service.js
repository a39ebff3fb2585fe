// Answers for the parcours that a reader keeps on this device, and for nothing else. It never writes a cache: what is
// kept is chosen by static/js/hors-ligne/copie.js, from the list of a parcours, when the reader asks for it.
//
// It takes over at once when a new one comes (skipWaiting): it has no file of its own, and each copy is a whole made of
// the pages of one day and of the static files that they name.
"use strict";

// A cache of one JSON entry per parcours kept, see static/js/hors-ligne/gardes.js. An entry is written once its copy is
// whole: a copy that no entry names is not there.
const INDEX = "hors-ligne";
const INSTEAD = "/hors-ligne/";
// How long a page that is kept waits for the network.
const PATIENCE_MS = 4_000;
// Whoever writes the site, and what answers to scripts: never touched.
const LEFT_ALONE = /^\/(admin|api|documents\/authenticate|oai|sante|_util)(\/|$)/;
// The name of a static file that says its content.
const FIXED = /^\/static\/.*\.[0-9a-f]{12}\.\w+$/;
const PLAYED = ["audio", "track", "video"];

async function kept() {
  if (!(await caches.has(INDEX))) return [];
  const index = await caches.open(INDEX);
  const answers = await Promise.all((await index.keys()).map((request) => index.match(request)));
  return Promise.all(answers.filter(Boolean).map((answer) => answer.json()));
}

// The copy of an address, that of the parcours it names first; for a page, whatever follows its address.
async function copyOf(url, isPage = false) {
  const asked = url.searchParams.get("parcours");
  const entries = (await kept()).sort((one, other) => (other.slug === asked) - (one.slug === asked));
  for (const ignoreSearch of isPage ? [false, true] : [false]) {
    for (const { cache } of entries) {
      const found = await caches.match(url.href, { cacheName: cache, ignoreSearch, ignoreVary: true });
      if (found) return found;
    }
  }
  return undefined;
}

// The network's answer; the copy when there is none in time, or when the site is down.
async function fresh(request, copy) {
  const network = fetch(request).catch(() => null);
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS, null); });
  const answer = await Promise.race([network, late]);
  return answer && answer.status < 500 ? answer : copy;
}

// The pages shown from a copy, which ask (see etat.js).
const shown = new Set();

async function page({ request, resultingClientId }, url) {
  const copy = await copyOf(url, true);
  if (!copy) return fetch(request).catch(() => instead());
  const answer = await fresh(request, copy);
  if (answer !== copy) return answer;
  if (shown.size > 50) shown.clear();
  shown.add(resultingClientId);
  return ranged(request, copy);
}

async function instead() {
  const copy = await copyOf(new URL(INSTEAD, location.origin));
  if (!copy) return Response.error();
  return new Response(copy.body, { status: 503, statusText: "Hors ligne", headers: copy.headers });
}

async function part(request, url) {
  const copy = await copyOf(url);
  if (!copy) return fetch(request);
  // The parts of a film must be of the same film; and its reader has taken it in order not to wait.
  const own = FIXED.test(url.pathname) || PLAYED.includes(request.destination) || request.headers.has("Range");
  const answer = own ? copy : await fresh(request, copy);
  return answer === copy ? ranged(request, copy) : answer;
}

// A copy is whole; who asks for a part of it gets that part, as RFC 9110 says (section 14). Safari plays nothing else.
async function ranged(request, copy) {
  const asked = request.headers.get("Range");
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(asked?.trim() ?? "") ?? [];
  // No range, several, or one without meaning: the whole is a right answer to each.
  if (!(first || last) || (first && last && Number(last) < Number(first)) || !sameAs(request, copy)) return copy;
  const blob = await copy.blob();
  const start = first ? Number(first) : Math.max(0, blob.size - Number(last));
  const end = first && last ? Math.min(Number(last), blob.size - 1) : blob.size - 1;
  const headers = new Headers(copy.headers);
  headers.set("Accept-Ranges", "bytes");
  if (start > end) {
    headers.set("Content-Range", `bytes */${blob.size}`);
    headers.set("Content-Length", "0");
    return new Response(null, { status: 416, statusText: "Range Not Satisfiable", headers });
  }
  headers.set("Content-Range", `bytes ${start}-${end}/${blob.size}`);
  headers.set("Content-Length", String(end - start + 1));
  const part = blob.slice(start, end + 1, blob.type);
  return new Response(part, { status: 206, statusText: "Partial Content", headers });
}

function sameAs(request, copy) {
  const condition = request.headers.get("If-Range");
  return !condition || [copy.headers.get("ETag"), copy.headers.get("Last-Modified")].includes(condition);
}

// Nothing is kept any more: this worker has nothing to do here.
async function leaveIfIdle() {
  if (!(await kept()).length) await registration.unregister();
}

addEventListener("install", () => { skipWaiting(); });
addEventListener("activate", (event) => { event.waitUntil(clients.claim()); });
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || LEFT_ALONE.test(url.pathname)) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event, url));
    event.waitUntil(leaveIfIdle());
  } else if (request.destination || request.headers.has("Range")) {
    event.respondWith(part(request, url));
  }
});
addEventListener("message", ({ source }) => {
  if (shown.has(source.id)) source.postMessage("copie");
});
