// The seven levers: where one stands on each, drawn and kept on this device only (localStorage `leviers`).
// Without this module the questions are read and printed all the same.
const KEY = "leviers";
const SVG = "http://www.w3.org/2000/svg";
const CENTRE = 160;
const RADIUS = 125;

const root = document.querySelector("[data-leviers]");
const levers = [...root?.querySelectorAll("[data-levier]") ?? []].map((fieldset) => ({
  key: fieldset.dataset.levier,
  inputs: [...fieldset.querySelectorAll("input")],
  cell: [...root.querySelectorAll("[data-niveau]")].find((cell) => cell.dataset.niveau === fieldset.dataset.levier),
}));
const labelOf = (input) => input.closest("label").textContent.trim();

function recall() {
  try {
    const value = JSON.parse(localStorage.getItem(KEY));
    return value !== null && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

function keep(choices) {
  try {
    if (Object.keys(choices).length) localStorage.setItem(KEY, JSON.stringify(choices));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
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
    lever.cell.textContent = choice ? labelOf(choice) : "Pas encore choisi";
  }
  draw(section.querySelector("svg"));
}

function start(section) {
  const kept = recall();
  for (const lever of levers) {
    const input = lever.inputs[kept[lever.key]];
    if (Number.isInteger(kept[lever.key]) && input) input.checked = true;
  }
  const status = section.querySelector("[role=status]");
  root.addEventListener("change", () => {
    const choices = levers.map((lever) => [lever.key, choiceOf(lever)]).filter(([, choice]) => choice >= 0);
    status.textContent = keep(Object.fromEntries(choices)) ? "" : "Ce navigateur n’a pas pu garder vos choix.";
    render(section);
  });
  section.querySelector("[data-imprimer]").addEventListener("click", () => print());
  section.querySelector("[data-effacer]").addEventListener("click", () => {
    for (const lever of levers) for (const input of lever.inputs) input.checked = false;
    keep({});
    render(section);
    status.textContent = "Vos choix sont effacés de cet appareil.";
  });
  render(section);
}

if (levers.length) start(root.querySelector("[data-bilan]"));
