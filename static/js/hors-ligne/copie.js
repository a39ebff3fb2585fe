// Taking a parcours onto this device, and keeping it as the site has it. A copy is made whole in a cache of its own,
// then named: until then it is not there, and whatever goes wrong removes it.
import { alone, ask, CUT, failure, PREFIX, sweep, write } from "./demande.js";
import { one, remove, tidy, WORKER } from "./gardes.js";

const AT_ONCE = 4;
// How many times a copy is put right when the site changes meanwhile; the next visit will do the rest.
const ATTEMPTS = 3;
// What may be taken without asking when a parcours has changed.
const LIGHT = 2_000_000;
// The list says what to keep; these would be refused whatever it says.
const NEVER = /^\/(admin|api|recherche|parcours\/carnet)(\/|$)/;

const BUSY = "Une copie est déjà en cours dans un autre onglet.";
const FULL = "La place manque sur cet appareil\u00a0: rien n’a été gardé.";
const STOPPED = "Arrêté\u00a0: rien n’a été gardé.";
const GONE = "Ce parcours n’est plus sur le site.";

// What is to be kept of a list, and what of it is not in the copy that is there.
const wanted = (list, withMedia) => list.adresses.filter(({ sorte }) => withMedia || sorte !== "media");

function missing(list, withMedia, kept) {
  const there = new Map((kept?.adresses ?? []).map(({ url, empreinte }) => [url, empreinte]));
  return wanted(list, withMedia).filter(({ url, empreinte }) => there.get(url) !== empreinte);
}

const sum = (addresses) => addresses.reduce((total, { octets }) => total + octets, 0);

// Keep a parcours, or take what has changed in it. Throws an Error whose message can be shown; what was kept before is
// still there then. `progress(done, total)` is told in bytes.
export async function keep(slug, { withMedia, progress = () => {}, signal }) {
  const done = await alone(() => make(slug, withMedia, progress, signal));
  if (!done) throw failure(BUSY);
  return done;
}

async function make(slug, withMedia, progress, signal) {
  await sweep();
  const before = await one(slug);
  const name = `${PREFIX}${slug}:${crypto.randomUUID()}`;
  try {
    const entry = await fill(name, slug, withMedia, before, progress, signal);
    // Named first: a worker that finds nothing kept leaves.
    await write(entry);
    await navigator.serviceWorker.register(WORKER, { scope: "/", updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    if (before) await caches.delete(before.cache);
    return entry;
  } catch (error) {
    await caches.delete(name);
    if (before && (await caches.has(before.cache))) await write(before);
    else await remove(slug);
    await tidy();
    throw told(error, before);
  }
}

async function fill(name, slug, withMedia, before, progress, signal) {
  const cache = await caches.open(name);
  let [list, source] = [await ask(slug), before];
  for (let attempt = 1; ; attempt += 1) {
    if (!list) throw failure(GONE, "Gone");
    await room(sum(missing(list, withMedia, before)));
    const octets = await take(name, wanted(list, withMedia), source, progress, signal);
    // The site may have changed while it was copied: what is kept is of one moment.
    const now = await ask(slug);
    if (now?.version === list.version || (now && attempt === ATTEMPTS)) {
      const date = Date.now();
      const { adresses, ...rest } = list;
      if (!(await caches.has(name))) throw new DOMException("erased meanwhile", "AbortError");
      return {
        ...rest, adresses: wanted({ adresses }, withMedia), cache: name, octets, avec_medias: withMedia,
        garde_ms: date, verifie_ms: date,
      };
    }
    for (const { url } of list.adresses) if (!now?.adresses.some((other) => other.url === url)) await cache.delete(url);
    [source, list] = [{ cache: name, adresses: list.adresses }, now];
  }
}

// Refuse at once what will not fit, rather than after an hour.
async function room(octets) {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota !== undefined && quota - usage < octets) throw new DOMException("no room", "QuotaExceededError");
}

// Put every address in the cache `name`, from the copy `source` when it has the same; how many bytes it makes.
async function take(name, addresses, source, progress, signal) {
  const cache = await caches.open(name);
  const total = sum(addresses);
  const there = new Map((source?.adresses ?? []).map(({ url, empreinte }) => [url, empreinte]));
  let done = 0;
  const count = (bytes) => {
    done += bytes;
    progress(done, Math.max(total, done));
  };
  const stop = new AbortController();
  if (signal?.aborted) stop.abort();
  signal?.addEventListener("abort", () => stop.abort());
  const queue = [...addresses];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      stop.signal.throwIfAborted();
      const same = there.get(next.url) === next.empreinte;
      if (same && source.cache === name) {
        count(next.octets);
        continue;
      }
      const kept = same ? await caches.match(next.url, { cacheName: source.cache, ignoreVary: true }) : undefined;
      await cache.put(next.url, counted(kept ?? (await load(next, stop.signal)), count));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (error) {
    stop.abort();
    throw error;
  }
  return done;
}

// As somebody without an account sees it: a page drawn for an editor, or with a reader's cookie, is never kept.
async function load({ url, sorte }, signal) {
  const { origin, pathname } = new URL(url, location.origin);
  if (origin !== location.origin || NEVER.test(pathname)) throw failure(CUT);
  const cache = sorte === "statique" ? "default" : "no-cache";
  const answer = await fetch(url, { credentials: "omit", redirect: "error", cache, signal });
  if (answer.status !== 200 || answer.type !== "basic") throw failure(CUT);
  return answer;
}

// The same answer, whose bytes are counted as they pass.
function counted(answer, count) {
  const headers = new Headers(answer.headers);
  // They told how it travelled.
  for (const name of ["Content-Encoding", "Content-Length", "Transfer-Encoding", "Vary"]) headers.delete(name);
  const meter = new TransformStream({
    transform(chunk, controller) {
      count(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Response(answer.body?.pipeThrough(meter) ?? null, { headers });
}

function told(error, before) {
  const known = { QuotaExceededError: FULL, AbortError: STOPPED, Error: error.message, Gone: error.message };
  const message = known[error.name] ?? CUT;
  const kept = message.replace("rien n’a été gardé", "la copie d’avant n’a pas changé");
  return failure(before ? kept : message, error.name);
}

// Bring what is kept to `list`, which differs from it: what the site has withdrawn leaves this device at once, a light
// change is taken without asking. A heavy one waits for the reader: its weight in bytes is the answer, or else 0.
export async function update(entry, list) {
  await withdraw(entry, list);
  const heavy = sum(missing(list, entry.avec_medias, entry));
  if (heavy > LIGHT || navigator.connection?.saveData) return heavy;
  await keep(entry.slug, { withMedia: entry.avec_medias });
  return 0;
}

async function withdraw(entry, list) {
  const still = new Set(list.adresses.map(({ url }) => url));
  const gone = entry.adresses.filter(({ url, sorte }) => sorte !== "statique" && !still.has(url));
  if (!gone.length) return;
  await alone(async () => {
    const now = await one(entry.slug);
    if (now?.cache !== entry.cache) return;
    const cache = await caches.open(entry.cache);
    for (const { url } of gone) await cache.delete(url);
    const adresses = entry.adresses.filter((address) => !gone.includes(address));
    await write({ ...now, adresses, octets: now.octets - sum(gone) });
  });
}
