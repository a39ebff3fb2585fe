// What changes the copies; gardes.js is enough to read them.
import { all, INDEX, listOf } from "./gardes.js";

export const PREFIX = "hors-ligne:";
export const CUT = "Le site n’a pas répondu jusqu’au bout\u00a0: rien n’a été gardé. Recommencez avec une meilleure connexion.";
export const failure = (message, name = "Error") => Object.assign(new Error(message), { name });

// The list of a parcours as the site has it now; null when the parcours has gone.
export async function ask(slug) {
  const answer = await fetch(listOf(slug), { credentials: "omit", cache: "no-cache" });
  if (answer.status === 404 || answer.status === 410) return null;
  if (!answer.ok) throw failure(CUT);
  return answer.json();
}

// `entry`: the list, with {cache, octets, avec_medias, garde_ms, verifie_ms}.
export async function write(entry) {
  const index = await caches.open(INDEX);
  const headers = { "Content-Type": "application/json" };
  await index.put(listOf(entry.slug), new Response(JSON.stringify(entry), { headers }));
}

// Copies that were left half there, by a page closed meanwhile. Only whoever holds the lock may know that they are.
export async function sweep() {
  const named = (await all()).map((entry) => entry.cache);
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && !named.includes(name)) await caches.delete(name);
  }
}

// Run `action` alone among the tabs of this site; undefined at once when another one is at it.
export const alone = (action) =>
  navigator.locks.request(INDEX, { ifAvailable: true }, (lock) => (lock ? action() : undefined));
