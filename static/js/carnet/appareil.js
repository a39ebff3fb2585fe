// What this device keeps, in localStorage. All of it is written when the reader marks a page or asks for a code, never
// before: reading alone leaves no trace.
//   carnet          the notebook (fusion.js)
//   carnet-dernier  slug of the parcours last followed
//   carnet-code     {code, jusqu_au, a_envoyer, vu_ms}: the resume code, once the reader has one on this device;
//                  with `perdu` when its copy is gone, `a_effacer` when it is still to be erased
//   carnet-mesure   what was counted of the steps, or the refusal to be counted (mesure.js)
import { MAX_BYTES, MAX_PAGES, parse } from "./fusion.js";

// Other tools keep theirs: `leviers` (leviers.js), `recul` (recul.js).
const [NOTEBOOK, LAST, CODE] = ["carnet", "carnet-dernier", "carnet-code"];

// `corrupt`: what is kept cannot be read. `available`: this browser accepts to keep something. `full`: what was to be
// kept is more than a notebook holds, and what was there has not changed.
export const state = { corrupt: false, available: true, full: false };

function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    state.available = false;
    return null;
  }
}

function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function load() {
  const text = recall(NOTEBOOK);
  try {
    state.corrupt = false;
    return text ? parse(text) : {};
  } catch {
    state.corrupt = true;
    return {};
  }
}

// What cannot be read is not written over: the reader decides, by « Tout effacer ». Nor is anything kept that could not
// be read again.
export function save(notebook) {
  load();
  const text = JSON.stringify(notebook);
  state.full = Object.keys(notebook).length > MAX_PAGES || text.length > MAX_BYTES;
  return !state.corrupt && !state.full && store(NOTEBOOK, text);
}

export const last = () => recall(LAST) ?? "";
export const saveLast = (slug) => store(LAST, slug);

export function link() {
  try {
    const value = JSON.parse(recall(CODE));
    return typeof value?.code === "string" ? value : null;
  } catch {
    return null;
  }
}

export const saveLink = (value) => store(CODE, value && JSON.stringify(value));

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
