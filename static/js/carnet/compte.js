// Steps reached and read for the first time on this device, told to the site without saying who: a parcours, a step, and
// nothing else. Only once the reader has a notebook, since telling a first time needs to remember; never when the
// browser asks not to be tracked, nor when the reader said no in « Mon carnet » (mesure.js).
import { browserRefuses, recall, store } from "./mesure.js";

const PLACE = "/parcours/carnet/mesure/";

// Offline, it waits for the next step or the connection.
function send() {
  const { non, vues, a_dire } = recall();
  if (non || browserRefuses() || !navigator.onLine || !a_dire.length) return;
  // Forgotten before it leaves, or it could be told twice.
  if (!store({ vues })) return;
  const kept = a_dire.filter((said) => !navigator.sendBeacon(PLACE, new URLSearchParams(said)));
  if (kept.length) store({ vues, a_dire: kept });
}
addEventListener("online", send);

// `before`: the mark of the page before this moment, if any; `read`: whether it is being marked as read.
export function tell(parcours, uuid, before, read = false) {
  send();
  const { non, vues, a_dire } = recall();
  if (non || browserRefuses() || !navigator.sendBeacon) return;
  const step = `${parcours} ${uuid}`;
  const seen = vues.includes(step);
  // Marked elsewhere and brought here by a code: counted there.
  const reached = !seen && !before?.[0] && !before?.[1];
  const first = read && !before?.[0];
  if (!(reached || first)) return;
  const said = new URLSearchParams({ parcours, etape: uuid, atteinte: reached ? "1" : "0", lecture: first ? "1" : "0" });
  // What cannot be remembered is not told: it would be told at each visit.
  if (store({ vues: seen ? vues : [...vues, step], a_dire: [...a_dire, String(said)] })) send();
}
