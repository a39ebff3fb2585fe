// Whether the steps of this reader are counted, and what is remembered for it. Counting is in compte.js.
//   carnet-mesure  {non: true}, or {vues: ["parcours uuid", …], a_dire: […]}: what was told already, and what waits for
//                  the connection
const KEY = "carnet-mesure";

export const browserRefuses = () => navigator.globalPrivacyControl === true || navigator.doNotTrack === "1";

export function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    const [vues, a_dire] = [kept?.vues, kept?.a_dire].map((list) => (Array.isArray(list) ? list : []));
    return { non: kept?.non === true, vues, a_dire };
  } catch {
    return { non: false, vues: [], a_dire: [] };
  }
}

export function store(value) {
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
