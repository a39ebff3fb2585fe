// The reader's notebook in a page: what was read, how far each parcours is, where to resume. Nothing here is needed in
// order to read; without this script « Marquer comme lu » is a form, and the marks are in a cookie.
import { isRead, marked, MAX_PAGES } from "./carnet/fusion.js";
import { last, link, load, save, saveLast, state } from "./carnet/appareil.js";

const all = (selector, root = document) => root.querySelectorAll(selector);
const words = (text) => (text ?? "").split(" ").filter(Boolean);
const plural = (count, one, many) => `${count}\u00a0${count >= 2 ? many : one}`;

export const trouble = () =>
  state.corrupt
    ? "Votre progression enregistrée est illisible. « Mon carnet » permet de l’effacer."
    : state.full
      ? `Un carnet contient ${MAX_PAGES.toLocaleString("fr-FR")} pages au plus : rien n’a été ajouté, et rien n’est perdu.`
      : "Ce navigateur n’a pas pu garder votre progression.";

function showProgress(notebook) {
  for (const box of all("[data-parcours-progres]")) {
    const uuids = words(box.dataset.uuids);
    const marks = uuids.map((uuid) => isRead(notebook, uuid));
    const done = marks.filter(Boolean).length;
    box.hidden = !state.available || !uuids.length;
    box.querySelector("[data-texte]").textContent = `${plural(done, "étape lue", "étapes lues")} sur ${uuids.length}`;
    const bar = box.querySelector("progress");
    bar.max = Math.max(1, uuids.length);
    bar.value = done;
    // Before the first mark, all of it is left: the page says it already.
    const left = box.querySelector("[data-reste]");
    left.hidden = !done || done === uuids.length;
    if (!left.hidden) {
      import("./carnet/temps.js").then(({ timeLeft }) => {
        left.textContent = timeLeft(words(box.dataset.durees), marks);
      });
    }
  }
}

// Where to resume a parcours shown on this page: its first unread step.
function resumeOf(box, notebook) {
  const uuids = words(box.dataset.uuids);
  const addresses = words(box.dataset.adresses);
  const next = uuids.findIndex((uuid) => !isRead(notebook, uuid));
  const begun = uuids.some((uuid) => isRead(notebook, uuid));
  // Only an address of this very site, whatever the page holds.
  return { next, begun, address: addresses[next]?.startsWith("/") ? addresses[next] : null };
}

function showResume(notebook) {
  for (const box of all("[data-parcours]")) {
    const { next, begun, address } = resumeOf(box, notebook);
    const place = box.querySelector("[data-parcours-reprendre]");
    if (!place) continue;
    place.hidden = !begun || !address;
    if (address) {
      place.href = address;
      place.textContent = `Reprendre à l’étape\u00a0${next + 1}`;
      const title = box.dataset.titre;
      if (!box.querySelector("h1")) place.setAttribute("aria-label", `${place.textContent} de «\u00a0${title}\u00a0»`);
    }
    const start = box.querySelector("[data-commencer]");
    start?.classList.toggle("secondaire", !place.hidden);
  }
  for (const place of all("[data-carnet-dernier]")) {
    const box = [...all("[data-parcours]")].find((other) => other.dataset.parcours === last());
    const { next, address } = box ? resumeOf(box, notebook) : {};
    place.hidden = !address;
    if (address) {
      const anchor = place.querySelector("a");
      anchor.href = address;
      anchor.textContent = `Reprendre «\u00a0${box.dataset.titre}\u00a0», étape\u00a0${next + 1}`;
    }
  }
}

function showSteps(notebook) {
  for (const item of all("[data-uuid]")) {
    // The page itself has its button; a word at the end of its text would say it twice.
    if (item.querySelector("h1, [data-carnet]")) continue;
    const done = isRead(notebook, item.dataset.uuid);
    let label = item.querySelector(":scope > .lu");
    item.toggleAttribute("data-lu", done);
    if (done && !label) {
      label = document.createElement("span");
      label.className = "lu";
      label.textContent = "Lu";
      item.append(label);
    } else if (!done) {
      label?.remove();
    }
  }
}

function showButtons(notebook) {
  for (const form of all("[data-carnet]")) {
    const done = isRead(notebook, form.dataset.carnet);
    form.hidden = !state.available;
    form.toggleAttribute("data-lu", done);
    form.querySelector("button").textContent = done ? "Marquer comme non lu" : "Marquer comme lu";
  }
}

// Once the essential steps of a parcours are read.
function showAttestations(notebook) {
  for (const box of all("[data-attestation]")) {
    const uuids = words(box.dataset.attestation);
    box.hidden = !uuids.length || !uuids.every((uuid) => isRead(notebook, uuid));
  }
}

function showTrouble() {
  if (!state.corrupt && state.available) return;
  for (const box of all("[data-carnet-avis]")) box.textContent = trouble();
}

export function render() {
  const notebook = load();
  showProgress(notebook);
  showResume(notebook);
  showSteps(notebook);
  showButtons(notebook);
  showAttestations(notebook);
  showTrouble();
  dispatchEvent(new Event("carnet"));
}

// One announcement at a time, spoken by screen readers since its element is a status.
export function say(box, text) {
  const status = box.querySelector("[role=status]");
  if (status) status.textContent = text;
}

async function send(options) {
  if (!link()) return;
  const { push } = await import("./carnet/liaison.js");
  await push(options);
  render();
}

// A script that this device never had, and no connection: what it does waits for another page.
const unreachable = () => null;

// The anonymous count of the steps of a parcours being followed, for a reader who has a notebook.
async function count(notebook, read) {
  const [thread, form] = [document.querySelector("[data-fil]"), document.querySelector("[data-carnet]")];
  if (!thread || !form || !state.available || state.corrupt || !(read || Object.keys(notebook).length)) return;
  const counter = await import("./carnet/compte.js").catch(unreachable);
  counter?.tell(thread.dataset.fil, form.dataset.carnet, notebook[form.dataset.carnet], read);
}

function mark(form) {
  const uuid = form.dataset.carnet;
  const notebook = load();
  const wanted = !isRead(notebook, uuid);
  const done = save(marked(notebook, uuid, wanted));
  const thread = document.querySelector("[data-fil]");
  if (done && wanted && thread) saveLast(thread.dataset.fil);
  render();
  say(form, done ? (wanted ? "C’est noté : page lue." : "C’est noté : page non lue.") : trouble());
  if (done && wanted) count(notebook, true);
  if (done) send({ marked: true });
}

addEventListener("submit", (event) => {
  const form = event.target.closest("[data-carnet]");
  if (!form) return;
  event.preventDefault();
  mark(form);
});

// The marks of a reader who came without JavaScript are in a cookie.
async function takeOver() {
  if (!document.querySelector("[data-temoin]") || !state.available || state.corrupt) return;
  const cookie = await import("./carnet/temoin.js").catch(unreachable);
  const done = await cookie?.adopt(render);
  if (done) send({ marked: true });
}

async function watch() {
  const [video, form] = [document.querySelector("video"), document.querySelector("[data-carnet]")];
  if (!video || !form || !state.available) return;
  const { follow } = await import("./carnet/position.js");
  follow(video, form.dataset.carnet, () => send({ marked: true }));
}

render();
watch();
count(load(), false);
takeOver();
send();
addEventListener("online", () => send());
// Another tab marked something; or the browser shows again a page that it had kept as it was.
addEventListener("storage", (event) => {
  if (event.key === null || event.key.startsWith("carnet")) render();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) render();
});
