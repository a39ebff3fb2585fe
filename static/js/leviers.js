// The seven levers: where one stands on each, drawn and kept on this device only. Without this module the questions are
// read and printed all the same.
//   localStorage `leviers`: {id of the lever: [title, level]}
// Both in words: an editor may move, add or reword levers and levels, and nobody must be said to have answered otherwise.
const KEY = "leviers";
const SVG = "http://www.w3.org/2000/svg";
const CENTRE = 160;
const RADIUS = 125;

const root = document.querySelector("[data-leviers]");
// With spaces as one types them, so that changed typography is not another wording.
const plain = (text) => text.replace(/\s+/g, " ").trim();
const levers = [...root?.querySelectorAll("[data-levier]") ?? []].map((fieldset) => ({
  id: fieldset.dataset.levier,
  // What the first version of this tool kept choices under, with the rank of the level.
  anchor: fieldset.id,
  title: plain(fieldset.querySelector("[data-titre]").textContent),
  inputs: [...fieldset.querySelectorAll("input")],
  notice: fieldset.querySelector("[data-modifie]"),
  cell: [...root.querySelectorAll("[data-niveau]")].find((cell) => cell.dataset.niveau === fieldset.dataset.levier),
}));
// With the spaces that never break put back.
const spaced = (text) => text.replace(/ (?=[;!?])/g, "\u202f").replace(/ (?=[:»])|(?<=«) /g, "\u00a0");
const labelOf = (input) => plain(input.closest("label").textContent);
const isAnswer = (value) => Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "string");

// What cannot be read is left as it is: « Effacer mes choix » empties it.
function recall() {
  const text = localStorage.getItem(KEY);
  const all = text ? JSON.parse(text) : {};
  if (all === null || typeof all !== "object" || Array.isArray(all)) throw new TypeError("not choices");
  return all;
}

// Only what was changed here: another tab may have chosen something else meanwhile.
function keep(lever) {
  const all = recall();
  delete all[lever.kept];
  all[lever.id] = [lever.title, labelOf(lever.inputs[choiceOf(lever)])];
  localStorage.setItem(KEY, JSON.stringify(all));
  lever.kept = lever.id;
}

// The same lever under another identifier: the page was written again.
function keyOf(lever, all) {
  if (isAnswer(all[lever.id])) return lever.id;
  const taken = new Set(levers.map(({ id }) => id));
  const same = Object.entries(all).find(([key, value]) => !taken.has(key) && isAnswer(value) && value[0] === lever.title);
  return same?.[0] ?? (Number.isInteger(all[lever.anchor]) ? lever.anchor : undefined);
}

function fill(all) {
  for (const lever of levers) {
    lever.kept = keyOf(lever, all);
    const value = all[lever.kept];
    const label = isAnswer(value) ? value[1] : lever.inputs[value] && labelOf(lever.inputs[value]);
    const chosen = lever.inputs.find((input) => labelOf(input) === label);
    for (const input of lever.inputs) input.checked = input === chosen;
    lever.before = chosen ? "" : (label ?? "");
  }
}

const choiceOf = (lever) => lever.inputs.findIndex((input) => input.checked);

function shape(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

function point(rank, radius) {
  const angle = (2 * Math.PI * rank) / levers.length - Math.PI / 2;
  return [CENTRE + radius * Math.cos(angle), CENTRE + radius * Math.sin(angle)].map((value) => value.toFixed(1));
}

const ring = (radiusOf) => levers.map((lever, rank) => point(rank, radiusOf(lever)).join(",")).join(" ");

function draw(svg) {
  const top = Math.max(...levers.map((lever) => lever.inputs.length - 1), 1);
  const parts = [];
  for (let level = 1; level <= top; level += 1) {
    parts.push(shape("polygon", { points: ring(() => (RADIUS * level) / top), class: "bilan-grille" }));
  }
  levers.forEach((lever, rank) => {
    const [x, y] = point(rank, RADIUS);
    parts.push(shape("line", { x1: CENTRE, y1: CENTRE, x2: x, y2: y, class: "bilan-grille" }));
    const [labelX, labelY] = point(rank, RADIUS + 18);
    parts.push(shape("text", { x: labelX, y: labelY, dy: "0.35em", "text-anchor": "middle" }, String(rank + 1)));
  });
  const radiusOf = (lever) => (RADIUS * Math.max(0, choiceOf(lever))) / top;
  parts.push(shape("polygon", { points: ring(radiusOf), class: "bilan-forme" }));
  levers.forEach((lever, rank) => {
    if (choiceOf(lever) < 0) return;
    const [x, y] = point(rank, radiusOf(lever));
    parts.push(shape("circle", { cx: x, cy: y, r: 5, class: "bilan-point" }));
  });
  svg.replaceChildren(svg.querySelector("title"), ...parts);
}

function render(section) {
  const chosen = levers.filter((lever) => choiceOf(lever) >= 0);
  section.hidden = false;
  section.querySelector("[data-bilan-texte]").textContent = chosen.length
    ? `Position choisie sur ${chosen.length} levier${chosen.length > 1 ? "s" : ""} sur ${levers.length}.`
    : "Choisissez un niveau sur un premier levier : votre position se dessinera ici.";
  for (const lever of levers) {
    const choice = lever.inputs[choiceOf(lever)];
    lever.notice.hidden = !lever.before;
    lever.notice.textContent = `Ce niveau a été modifié depuis votre réponse\u00a0: «\u00a0${spaced(lever.before)}\u00a0».`;
    lever.cell.textContent = choice
      ? choice.closest("label").textContent.trim()
      : lever.before
        ? lever.notice.textContent
        : "Pas encore choisi";
  }
  draw(section.querySelector("svg"));
}

function start(section) {
  const status = section.querySelector("[role=status]");
  const show = () => {
    try {
      fill(recall());
    } catch {
      status.textContent = "Ce navigateur ne garde pas vos choix, ou ceux d’avant sont illisibles.";
    }
    render(section);
  };
  root.addEventListener("change", ({ target }) => {
    const lever = levers.find(({ inputs }) => inputs.includes(target));
    try {
      keep(lever);
      status.textContent = "";
    } catch {
      status.textContent = "Ce navigateur n’a pas pu garder vos choix.";
    }
    lever.before = "";
    render(section);
  });
  section.querySelector("[data-imprimer]").addEventListener("click", () => print());
  section.querySelector("[data-effacer]").addEventListener("click", () => {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // A browser that refuses storage holds nothing in it.
    }
    fill({});
    render(section);
    status.textContent = "Vos choix sont effacés de cet appareil.";
  });
  try {
    // Chosen before this script was there.
    for (const lever of levers) if (choiceOf(lever) >= 0 && keyOf(lever, recall()) === undefined) keep(lever);
  } catch {
    // Said by `show`.
  }
  show();
  // What another page of the site kept or erased meanwhile.
  addEventListener("storage", ({ key }) => {
    if (key === null || key === KEY) show();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) show();
  });
}

if (levers.length) start(root.querySelector("[data-bilan]"));
