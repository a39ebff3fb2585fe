// The reader's notebook: what was read, kept on this device only (localStorage), keyed by the page's identifier,
// so that a resource read in one parcours is read in all. Nothing here is needed in order to read.
//
// carnet: {uuid: [read_ms, undone_ms, position_s, position_ms]}; read when read_ms > undone_ms. Times rather than a
// yes or no: two notebooks (two tabs, two devices one day) merge by keeping the latest of each.
// carnet-dernier: slug of the parcours last followed. Both are written when the reader marks a page, never before:
// reading alone leaves no trace.
const KEY = "carnet";
const LAST = "carnet-dernier";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_BYTES = 1_000_000;

let corrupt = false;
let available = true;
let erased = null;

const all = (selector, root = document) => root.querySelectorAll(selector);

function parse(text) {
  if (!text) return {};
  if (text.length > MAX_BYTES) throw new TypeError("too long");
  const value = JSON.parse(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError("not a notebook");
  for (const [uuid, times] of Object.entries(value)) {
    const sound = Array.isArray(times) && times.length >= 2 && times.every((time) => Number.isFinite(time) && time >= 0);
    if (!UUID.test(uuid) || !sound) throw new TypeError("not an entry");
  }
  return value;
}

function load() {
  let text = null;
  try {
    text = localStorage.getItem(KEY);
    available = true;
  } catch {
    available = false;
  }
  try {
    corrupt = false;
    return parse(text);
  } catch {
    corrupt = true;
    return {};
  }
}

function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch {
    available = false;
    return false;
  }
}

function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const isRead = (notebook, uuid) => {
  const times = notebook[uuid];
  return Boolean(times) && times[0] > times[1];
};

function mark(uuid, read) {
  const notebook = load();
  // A notebook that cannot be read is not written over: the reader decides, by « Effacer ma progression ».
  if (corrupt) return false;
  const [readAt, undoneAt, ...position] = notebook[uuid] ?? [0, 0, 0, 0];
  // A clock set back must not undo what was just done.
  const now = Math.max(Date.now(), readAt + 1, undoneAt + 1);
  notebook[uuid] = read ? [now, undoneAt, ...position] : [readAt, now, ...position];
  const thread = document.querySelector("[data-fil]");
  if (thread && read) store(LAST, thread.dataset.fil);
  return store(KEY, JSON.stringify(notebook));
}

const words = (text) => (text ?? "").split(" ").filter(Boolean);
const plural = (count, one, many) => `${count}\u00a0${count >= 2 ? many : one}`;

function showProgress(notebook) {
  for (const box of all("[data-parcours-progres]")) {
    const uuids = words(box.dataset.uuids);
    const done = uuids.filter((uuid) => isRead(notebook, uuid)).length;
    box.hidden = !available || !uuids.length;
    box.querySelector("[data-texte]").textContent = `${plural(done, "étape lue", "étapes lues")} sur ${uuids.length}`;
    const bar = box.querySelector("progress");
    bar.max = Math.max(1, uuids.length);
    bar.value = done;
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
    const link = box.querySelector("[data-parcours-reprendre]");
    if (!link) continue;
    link.hidden = !begun || !address;
    if (address) {
      link.href = address;
      link.textContent = `Reprendre à l’étape\u00a0${next + 1}`;
      const title = box.dataset.titre;
      if (!box.querySelector("h1")) link.setAttribute("aria-label", `${link.textContent} de «\u00a0${title}\u00a0»`);
    }
    const start = box.querySelector("[data-commencer]");
    start?.classList.toggle("secondaire", !link.hidden);
  }
  for (const place of all("[data-carnet-dernier]")) {
    const slug = recall(LAST) ?? "";
    const box = [...all("[data-parcours]")].find((other) => other.dataset.parcours === slug);
    const { next, address } = box ? resumeOf(box, notebook) : {};
    place.hidden = !address;
    if (address) {
      const link = place.querySelector("a");
      link.href = address;
      link.textContent = `Reprendre «\u00a0${box.dataset.titre}\u00a0», étape\u00a0${next + 1}`;
    }
  }
}

function showSteps(notebook) {
  for (const item of all("[data-uuid]")) {
    // The page itself has its button; a word at the end of its text would say it twice.
    if (item.querySelector("h1, [data-carnet]")) continue;
    const read = isRead(notebook, item.dataset.uuid);
    let label = item.querySelector(":scope > .lu");
    item.toggleAttribute("data-lu", read);
    if (read && !label) {
      label = document.createElement("span");
      label.className = "lu";
      label.textContent = "Lu";
      item.append(label);
    } else if (!read) {
      label?.remove();
    }
  }
}

function showButtons(notebook) {
  for (const box of all("[data-carnet]")) {
    const read = isRead(notebook, box.dataset.carnet);
    const button = box.querySelector("button");
    box.hidden = !available;
    box.toggleAttribute("data-lu", read);
    button.textContent = read ? "Marquer comme non lu" : "Marquer comme lu";
    button.onclick = () => {
      const wanted = !isRead(load(), box.dataset.carnet);
      const done = mark(box.dataset.carnet, wanted);
      render();
      say(box, done ? (wanted ? "C’est noté : page lue." : "C’est noté : page non lue.") : trouble());
    };
  }
}

function trouble() {
  return corrupt
    ? "Votre progression enregistrée est illisible. Vous pouvez l’effacer sur la page des parcours."
    : "Ce navigateur n’a pas pu garder votre progression.";
}

// One announcement at a time, spoken by screen readers since its element is a status.
function say(box, text) {
  const status = box.querySelector("[role=status]");
  if (status) status.textContent = text;
}

function showManagement() {
  for (const box of all("[data-carnet-gestion]")) {
    box.hidden = false;
    const button = box.querySelector("[data-carnet-effacer]");
    if (corrupt || !available) box.querySelector("[data-carnet-avis]").textContent = trouble();
    button.hidden = !available;
    button.textContent = erased === null ? "Effacer ma progression" : "Annuler l’effacement";
    button.onclick = () => {
      if (erased === null) {
        erased = [recall(KEY), recall(LAST)];
        store(KEY, null);
        store(LAST, null);
      } else {
        store(KEY, erased[0]);
        store(LAST, erased[1]);
        erased = null;
      }
      render();
      say(box, erased === null ? "Votre progression est rétablie." : "Votre progression est effacée de cet appareil.");
    };
  }
}

function render() {
  const notebook = load();
  showProgress(notebook);
  showResume(notebook);
  showSteps(notebook);
  showButtons(notebook);
  showManagement();
}

render();
// Another tab marked something; or the browser shows again a page that it had kept as it was.
addEventListener("storage", (event) => {
  if (event.key === null || event.key === KEY || event.key === LAST) render();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) render();
});
