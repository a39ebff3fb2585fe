// « Lire hors ligne » on the page of a parcours: its weight, the copy, what is kept, and removing it. Nothing is kept,
// nor any worker registered, before the button is pressed.
import { alone, ask, sweep } from "./hors-ligne/demande.js";
import { dateOf, one, possible, remove, weight } from "./hors-ligne/gardes.js";
import { follow } from "./hors-ligne/suivi.js";

const box = document.querySelector("[data-hors-ligne]");
const find = (selector) => box.querySelector(selector);
const [take, stop, drop, update] = ["garder", "arreter", "retirer", "rafraichir"].map((name) => find(`[data-${name}]`));
const [heading, size, media, bar] = [find("h2"), find("[data-taille]"), find("[data-medias]"), find("progress")];
const status = find("[role=status]");
const slug = box?.dataset.horsLigne;
let list = null;
let controller = null;

const say = (text) => { status.textContent = text; };
const withMedia = () => media.querySelector("input").checked;

// The button that had the focus has gone: whoever reads by keyboard goes on from the title.
function replace(action) {
  const focused = document.activeElement;
  action();
  if (box.contains(focused) && focused.closest("[hidden]")) heading.focus();
}

async function show(heavier = 0) {
  const entry = await one(slug);
  const busy = Boolean(controller);
  replace(() => {
    take.hidden = busy || Boolean(entry);
    stop.hidden = !busy;
    bar.hidden = !busy;
    drop.hidden = busy || !entry;
    update.hidden = busy || !entry || !heavier;
    media.hidden = busy || Boolean(entry) || !list?.octets_des_medias;
  });
  if (entry) {
    const what = entry.avec_medias ? ", vidéos et sons compris" : "";
    size.textContent = `Gardé sur cet appareil le ${dateOf(entry.garde_ms)}${what}\u00a0: ${weight(entry.octets)}.`;
    update.textContent = `Mettre à jour (${weight(heavier)})`;
  } else if (list) {
    size.textContent = `Prendra ${weight(list.octets + (withMedia() ? list.octets_des_medias : 0))} sur cet appareil.`;
    media.querySelector("span").textContent = weight(list.octets_des_medias);
  }
}

async function copy(options) {
  controller = new AbortController();
  bar.removeAttribute("value");
  say("Copie en cours…");
  await show();
  let said = "C’est prêt\u00a0: ce parcours se lit sans connexion.";
  try {
    const progress = (done, total) => {
      bar.max = total;
      bar.value = done;
    };
    const { keep } = await import("./hors-ligne/copie.js");
    await keep(slug, { ...options, progress, signal: controller.signal });
  } catch (error) {
    said = error.message;
  }
  controller = null;
  await show();
  say(said);
}

async function look() {
  try {
    list ??= await ask(slug);
  } catch {
    // Offline, or the site is down: the button will say so.
  }
  await show();
}

async function start() {
  box.hidden = false;
  heading.tabIndex = -1;
  await alone(sweep);
  take.addEventListener("click", () => copy({ withMedia: withMedia() }));
  update.addEventListener("click", async () => copy({ withMedia: (await one(slug)).avec_medias }));
  stop.addEventListener("click", () => controller?.abort());
  media.querySelector("input").addEventListener("change", () => show());
  drop.addEventListener("click", async () => {
    await remove(slug);
    await look();
    say("C’est retiré de cet appareil.");
  });
  const entry = await one(slug);
  await show();
  if (entry) {
    // What is kept follows the site; offline, it stays as it is.
    if (navigator.onLine) await follow(entry).then(show, () => {});
    return;
  }
  // The weight is asked for once the reader comes near the button.
  const near = new IntersectionObserver(([seen]) => {
    if (!seen.isIntersecting) return;
    near.disconnect();
    look();
  }, { rootMargin: "200px" });
  near.observe(box);
}

if (box && possible) start();
