// Steps reached and read for the first time on this device, told to the site without saying who: a parcours, a step, and
// nothing else. Only once the reader has a notebook, since telling a first time needs to remember; never when the
// browser asks not to be tracked, nor when the reader said no in « Mon carnet ».
//   carnet-mesure  {non: true}, or {vues: ["parcours uuid", …]}: what was told already
const KEY = "carnet-mesure";
const PLACE = "/parcours/carnet/mesure/";

export const browserRefuses = () => navigator.globalPrivacyControl === true || navigator.doNotTrack === "1";

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return { non: kept?.non === true, vues: Array.isArray(kept?.vues) ? kept.vues : [] };
  } catch {
    return { non: false, vues: [] };
  }
}

function store(value) {
  try {
    if (value) localStorage.setItem(KEY, JSON.stringify(value));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

export const refused = () => recall().non;
export const refuse = (no) => store(no ? { non: true } : null);

// `before`: the mark of the page before this moment, if any; `read`: whether it is being marked as read.
export function tell(parcours, uuid, before, read = false) {
  const { non, vues } = recall();
  if (non || browserRefuses() || !navigator.sendBeacon) return;
  const step = `${parcours} ${uuid}`;
  const seen = vues.includes(step);
  // Marked elsewhere and brought here by a code: counted there.
  const reached = !seen && !before?.[0] && !before?.[1];
  const first = read && !before?.[0];
  // What cannot be remembered is not told: it would be told at each visit.
  if (!(reached || first) || (!seen && !store({ vues: [...vues, step] }))) return;
  navigator.sendBeacon(
    PLACE,
    new URLSearchParams({ parcours, etape: uuid, atteinte: reached ? "1" : "0", lecture: first ? "1" : "0" }),
  );
}
