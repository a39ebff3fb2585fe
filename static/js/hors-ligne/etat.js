// On the pages of a reader who keeps a parcours: say when there is no connection, and keep the copies as the site has
// them. Loaded by site.js when the worker answers for the page, so never by who keeps nothing.
import { all } from "./gardes.js";

const EVERY_MS = 6 * 3_600_000;
let fromCopy = false;
let place = null;

function show() {
  // That page says nothing else.
  if (document.body.classList.contains("page-hors-ligne")) return;
  if (!place) {
    place = document.createElement("p");
    place.className = "hors-ligne-etat";
    place.setAttribute("role", "status");
    document.querySelector("main").prepend(place);
  }
  // A status is spoken when its text changes.
  const alone = fromCopy || !navigator.onLine;
  place.textContent = alone ? "Hors ligne\u00a0: seuls les parcours gardés sur cet appareil s’ouvrent." : "";
}

async function followAll() {
  if (!navigator.onLine) return;
  for (const entry of await all()) {
    const age = Date.now() - entry.verifie_ms;
    // The page of a parcours sees to its own (hors-ligne.js).
    if ((age >= 0 && age < EVERY_MS) || document.querySelector(`[data-hors-ligne="${entry.slug}"]`)) continue;
    try {
      const { follow } = await import("./suivi.js");
      await follow(entry);
    } catch {
      // The site does not answer: the copy stays as it is, the next page asks again.
    }
  }
}

navigator.serviceWorker.addEventListener("message", ({ data }) => {
  fromCopy = data === "copie";
  show();
});
navigator.serviceWorker.startMessages();
navigator.serviceWorker.controller?.postMessage("copie ?");
addEventListener("offline", show);
addEventListener("online", () => {
  fromCopy = false;
  show();
  followAll();
});
if (!navigator.onLine) show();
// The notebook shows the list to who has one.
if (document.querySelector("[data-gardes]")) import("./liste.js");
followAll();
