// What is kept on this device, in the page of the notebook and in the one shown when the connection is missing.
import { all, dateOf, possible, remove, weight } from "./gardes.js";

const box = document.querySelector("[data-gardes]");

function item(entry) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = entry.url;
  link.textContent = entry.titre;
  const details = document.createElement("span");
  details.className = "details";
  details.textContent = ` ${weight(entry.octets)}, gardé le ${dateOf(entry.garde_ms)} `;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lien";
  button.textContent = "Retirer";
  button.setAttribute("aria-label", `Retirer «\u00a0${entry.titre}\u00a0» de cet appareil`);
  button.addEventListener("click", async () => {
    await remove(entry.slug);
    await show();
    box.querySelector("[role=status]").textContent = `«\u00a0${entry.titre}\u00a0» est retiré de cet appareil.`;
    box.querySelector("h2").focus();
  });
  row.append(link, details, button);
  return row;
}

export async function show() {
  const entries = await all();
  box.querySelector("ul").replaceChildren(...entries.map(item));
  box.querySelector("[data-aucun]").hidden = entries.length > 0;
  const total = box.querySelector("[data-total]");
  total.hidden = entries.length < 2;
  total.textContent = `En tout\u00a0: ${weight(entries.reduce((sum, { octets }) => sum + octets, 0))}.`;
}

// The page shown in place of what is not kept has nothing to say to who is online and asks for it by its own address.
if (location.pathname === "/hors-ligne/" && navigator.onLine) location.replace("/parcours/carnet/#gardes");

if (box && possible) {
  box.hidden = false;
  box.querySelector("h2").tabIndex = -1;
  show();
  // « Tout effacer » empties this too.
  addEventListener("carnet", show);
}
