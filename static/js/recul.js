// « Prenons du recul »: what the reader answers, kept on this device only. Without this module the questions are read,
// and printed with room for a pen.
//   localStorage `recul`: {uuid of the page: {id of the question: [question, answer]}}
// Written when something is answered, never before. The question is kept too: an editor may change or remove it, and
// the answer must still make sense.
const KEY = "recul";
const LONGEST = 5_000;
const WAIT_MS = 400;

const box = document.querySelector("[data-recul]");
const status = box.querySelector("[role=status]");
const page = box.dataset.recul;
// With spaces as one types them, so that changed typography is not another question.
const plain = (text) => text.replace(/\s+/g, " ").trim();
const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isAnswer = (value) => Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "string");

// What cannot be read is left as it is: « Tout effacer », in the notebook, empties it.
function recall() {
  const text = localStorage.getItem(KEY);
  const all = text ? JSON.parse(text) : {};
  if (!isRecord(all)) throw new TypeError("not answers");
  const mine = isRecord(all[page]) ? all[page] : {};
  return { all, mine: Object.fromEntries(Object.entries(mine).filter(([, value]) => isAnswer(value))) };
}

const fields = [];

function addField(item, id, question, labelId) {
  const area = document.createElement("textarea");
  area.rows = 3;
  area.maxLength = LONGEST;
  area.setAttribute("aria-labelledby", labelId);
  const printed = document.createElement("div");
  printed.className = "reponse";
  item.append(area, printed);
  const field = { id, question, area, printed };
  fields.push(field);
  return field;
}

function show(field, answer) {
  if (field.area.value !== answer) field.area.value = answer;
  field.printed.textContent = answer.trim();
}

// An answer to a question that is not asked any more.
function addOrphan(id, question) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  label.id = `recul-ancienne-${fields.length}`;
  label.textContent = `${question} (question retirée depuis)`;
  item.append(label);
  box.querySelector(".questions-recul").append(item);
  return addField(item, id, question, label.id);
}

function fill(mine) {
  const left = new Map(Object.entries(mine));
  for (const field of fields) {
    // The same question under another identifier: the page was written again.
    const id = left.has(field.id) ? field.id : [...left].find(([, [question]]) => question === field.question)?.[0];
    show(field, id ? left.get(id)[1] : "");
    field.kept = id;
    left.delete(id);
  }
  for (const [id, [question, answer]] of left) show(Object.assign(addOrphan(id, question), { kept: id }), answer);
}

// Only what was changed here: another tab may have answered something else meanwhile.
function keep(changed = fields) {
  try {
    const { all, mine } = recall();
    for (const field of changed) {
      if (field.kept !== field.id) delete mine[field.kept];
      if (field.area.value.trim()) mine[field.id] = [field.question, field.area.value];
      else delete mine[field.id];
      field.kept = field.id;
    }
    if (Object.keys(mine).length) all[page] = mine;
    else delete all[page];
    if (Object.keys(all).length) localStorage.setItem(KEY, JSON.stringify(all));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    status.textContent =
      "Ce navigateur n’a pas pu garder vos réponses. Elles sont encore dans cette page : téléchargez-les avant de la quitter.";
    return false;
  }
}

const pending = new Set();
let timer = 0;
function flush() {
  clearTimeout(timer);
  if (pending.size && keep([...pending])) {
    pending.clear();
    status.textContent = "Vos réponses sont gardées sur cet appareil.";
  }
}

function exported(kind) {
  const answers = fields.map(({ question, area }) => ({ question, reponse: area.value.trim() }));
  if (kind === "json") {
    return JSON.stringify({ format: "prenons-du-recul", version: 1, page: location.pathname, titre: box.dataset.titre, reponses: answers }, null, 1);
  }
  const lines = answers.map(({ question, reponse }) => `${question}\n\n${reponse || "(sans réponse)"}\n`);
  return [`${box.dataset.titre}\nPrenons du recul\n`, ...lines].join("\n");
}

function download(kind) {
  const type = kind === "json" ? "application/json" : "text/plain;charset=utf-8";
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([exported(kind)], { type }));
  anchor.download = `prenons-du-recul-${location.pathname.split("/").filter(Boolean).at(-1)}.${kind}`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
  status.textContent = "Le fichier est dans vos téléchargements.";
}

// Erased in one press, given back in another.
function erase(button) {
  if (button.dataset.avant) {
    JSON.parse(button.dataset.avant).forEach((answer, rank) => show(fields[rank], answer));
    delete button.dataset.avant;
    button.textContent = "Effacer mes réponses";
    if (keep()) status.textContent = "Vos réponses sont remises.";
    return;
  }
  const before = fields.map(({ area }) => area.value);
  if (!before.some(Boolean)) {
    status.textContent = "Il n’y a pas de réponse à effacer.";
    return;
  }
  pending.clear();
  for (const field of fields) show(field, "");
  if (!keep()) {
    before.forEach((answer, rank) => show(fields[rank], answer));
    return;
  }
  button.dataset.avant = JSON.stringify(before);
  button.textContent = "Annuler : remettre mes réponses";
  status.textContent = "Vos réponses à cet épisode sont effacées de cet appareil.";
}

function printAnswers() {
  document.documentElement.classList.add("recul-seul");
  addEventListener("afterprint", () => document.documentElement.classList.remove("recul-seul"), { once: true });
  print();
}

for (const item of box.querySelectorAll("[data-question]")) {
  const label = item.querySelector("span");
  const question = plain(label.textContent);
  addField(item, item.dataset.question || question, question, label.id);
}
try {
  fill(recall().mine);
} catch {
  status.textContent = "Ce navigateur ne garde pas vos réponses, ou celles d’avant sont illisibles. « Mon carnet » permet de tout effacer.";
}
for (const part of box.querySelectorAll("[data-js]")) part.hidden = false;
box.addEventListener("input", ({ target }) => {
  const field = fields.find(({ area }) => area === target);
  if (!field) return;
  field.printed.textContent = target.value.trim();
  pending.add(field);
  const button = box.querySelector("[data-effacer]");
  delete button.dataset.avant;
  button.textContent = "Effacer mes réponses";
  clearTimeout(timer);
  timer = setTimeout(flush, WAIT_MS);
});
box.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  flush();
  if (button.dataset.exporter) download(button.dataset.exporter);
  else if ("imprimer" in button.dataset) printAnswers();
  else if ("effacer" in button.dataset) erase(button);
});
addEventListener("pagehide", flush);
// What another page of the site kept or erased meanwhile.
function refresh() {
  try {
    const { mine } = recall();
    for (const field of fields) if (!pending.has(field)) show(field, (mine[field.id] ?? mine[field.kept])?.[1] ?? "");
  } catch {
    // What another tab broke is told when something is written here.
  }
}
addEventListener("storage", ({ key }) => {
  if (key === null || key === KEY) refresh();
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) refresh();
});
