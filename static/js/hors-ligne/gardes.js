// The parcours that a reader keeps on this device; nothing is there before the button is pressed (decision 14).
//   cache "hors-ligne"         an entry per parcours kept, at the address of its list
//   cache "hors-ligne:<slug>…" a copy; it is there once an entry names it
export const WORKER = "/hors-ligne.js";
export const INDEX = "hors-ligne";
export const possible = isSecureContext && "serviceWorker" in navigator && "caches" in globalThis && "locks" in navigator;

export const listOf = (slug) => `/parcours/${slug}/hors-ligne.json`;

export function weight(bytes) {
  if (bytes < 1_000) return `${bytes}\u00a0octets`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)}\u00a0ko`;
  return `${(bytes / 1_000_000).toFixed(1).replace(".", ",")}\u00a0Mo`;
}

export const dateOf = (ms) => new Date(ms).toLocaleDateString("fr-FR", { dateStyle: "long" });

// What is kept, whole. A browser short of space may have dropped a copy: its entry goes.
export async function all() {
  if (!possible || !(await caches.has(INDEX))) return [];
  const index = await caches.open(INDEX);
  const entries = [];
  for (const request of await index.keys()) {
    const entry = await (await index.match(request))?.json();
    if (entry && (await caches.has(entry.cache))) entries.push(entry);
    else await index.delete(request);
  }
  return entries;
}

export const one = async (slug) => (await all()).find((entry) => entry.slug === slug);

export async function remove(slug) {
  const entry = await one(slug);
  if (!entry) return;
  await (await caches.open(INDEX)).delete(listOf(slug));
  await caches.delete(entry.cache);
  await tidy();
}

// Once nothing is kept: no cache, no worker.
export async function tidy() {
  if ((await all()).length) return;
  await caches.delete(INDEX);
  const worker = await navigator.serviceWorker.getRegistration("/");
  await worker?.unregister();
}
