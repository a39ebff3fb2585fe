// Emptying this device, and what is put aside before: only the page of the notebook needs it.
import { CODE, NOTEBOOK, recall, state, store } from "./appareil.js";

// The notebook as it is kept, even when it cannot be read.
export const raw = () => recall(NOTEBOOK) ?? "";

// For « Annuler »: what is about to be erased, answers to the tools included; but neither the code, whose copy goes too,
// nor a notebook that cannot be read.
export function snapshot() {
  try {
    return Object.entries(localStorage).filter(([key]) => key !== CODE && !(state.corrupt && key === NOTEBOOK));
  } catch {
    return [];
  }
}
export const restore = (kept) => kept.every(([key, value]) => store(key, value));

// Everything that this site keeps in this browser, whoever wrote it: storage, offline copies and what serves them.
export async function eraseAll() {
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    state.available = false;
  }
  try {
    if ("caches" in globalThis) for (const name of await caches.keys()) await caches.delete(name);
    const workers = (await navigator.serviceWorker?.getRegistrations?.()) ?? [];
    await Promise.all(workers.map((worker) => worker.unregister()));
  } catch {
    // A browser that refuses storage refuses these too, and holds nothing in them.
  }
}
