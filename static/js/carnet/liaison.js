// The notebook and its copy under a resume code. Loaded only where the reader asked for one: without a code on this
// device, nothing is ever sent.
import { merge, NO_CLOCK, read, same } from "./fusion.js";
import { link, load, save, saveLink } from "./appareil.js";

export const PLACE = "/parcours/carnet/";
// How long another device's marks may wait before this one asks.
const FRESH_MS = 300_000;
const UNKEPT = "Cet appareil n’a pas pu garder le carnet réuni. Vos marques ici et la copie du site n’ont rien perdu.";
export const OFFLINE = "Le site ne répond pas. Vos marques sont gardées sur cet appareil.";

// The answer, or an Error whose message can be shown; `status` 0 when the site was not reached.
export async function ask(action, body) {
  let response = null;
  let answer = null;
  try {
    response = await fetch(`${PLACE}${action}/`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      keepalive: JSON.stringify(body).length < 60_000,
    });
    answer = await response.json();
  } catch {
    answer = null;
  }
  if (response?.ok && answer) return answer;
  throw Object.assign(new Error(answer?.erreur ?? OFFLINE), { status: response?.status ?? 0 });
}

// Merge with the copy kept under `code`. What was marked while the answer travelled is kept; what was erased meanwhile
// stays erased.
export async function synchronise(code) {
  const before = link()?.code;
  const sent = load();
  const { progres, jusqu_au } = await ask("reprendre", { code, progres: sent });
  // Meanwhile the reader may have left this code, or taken another.
  if (before && link()?.code !== before) return;
  const now = load();
  // The site's clock is the better one: what it brought back is taken as it is.
  const union = read(progres, NO_CLOCK);
  const changed = !same(now, sent);
  if (!save(changed ? merge(now, union) : union)) throw new Error(UNKEPT);
  saveLink({ code, jusqu_au, a_envoyer: changed, vu_ms: Date.now() });
}

// Remember that there is something to send, then send it; offline, it waits for the next page or the connection.
export async function push({ marked = false } = {}) {
  const kept = link();
  if (!kept || kept.perdu) return;
  if (kept.a_effacer) return erasePending(kept);
  if (marked) saveLink({ ...kept, a_envoyer: true });
  const age = Date.now() - (kept.vu_ms ?? 0);
  if (!marked && !kept.a_envoyer && age >= 0 && age < FRESH_MS) return;
  try {
    await synchronise(kept.code);
  } catch (error) {
    // The copy is gone: this device goes on by itself, and the page of the notebook says so.
    if (error.status === 404 && link()?.code === kept.code) saveLink({ ...kept, a_envoyer: false, perdu: true });
  }
}

// The reader asked to erase everything while the site could not be reached: it is asked again, and nothing is brought
// back from the copy meanwhile.
async function erasePending({ code }) {
  const gone = await ask("effacer", { code }).catch((error) => error);
  if ((!(gone instanceof Error) || gone.status === 404) && link()?.code === code) saveLink(null);
}
