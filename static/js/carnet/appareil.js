// What this device keeps, in localStorage. All of it is written when the reader marks a page or asks for a code, never
// before: reading alone leaves no trace.
//   carnet          the notebook (fusion.js)
//   carnet-dernier  slug of the parcours last followed
//   carnet-code     {code, jusqu_au, a_envoyer, vu_ms}: the resume code, once the reader has one on this device;
//                  with `perdu` when its copy is gone, `a_effacer` when it is still to be erased
//   carnet-mesure   what was counted of the steps, or the refusal to be counted (mesure.js, compte.js)
import { MAX_BYTES, MAX_PAGES, NO_CLOCK, parse } from "./fusion.js";

// Other tools keep theirs: `leviers` (leviers.js), `recul` (recul.js).
export const [NOTEBOOK, LAST, CODE] = ["carnet", "carnet-dernier", "carnet-code"];

// `corrupt`: what is kept cannot be read. `available`: this browser accepts to keep something. `full`: what was to be
// kept is more than a notebook holds, and what was there has not changed.
export const state = { corrupt: false, available: true, full: false };

export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    state.available = false;
    return null;
  }
}

export function store(key, value) {
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
    // The times of the site are better than those of this device: none is brought back to its clock.
    return text ? parse(text, NO_CLOCK) : {};
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
