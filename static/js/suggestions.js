// Suggestions under a search box: an ARIA combobox with a list (APG pattern « editable combobox, list
// autocomplete »). Fetched by site.js the first time that a box is used; without it the box is a plain form.
const DELAY = 150;
const MINIMUM = 3;

export function enhance(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  input.after(list);
  const status = document.createElement("p");
  status.className = "visuellement-cache";
  status.setAttribute("role", "status");
  input.form.append(status);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let current = -1;
  let timer = 0;
  let request = null;
  const answers = new Map();

  function select(index) {
    const options = [...list.children];
    current = index;
    options.forEach((option, rank) => option.setAttribute("aria-selected", String(rank === current)));
    if (current < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[current].id);
    return options[current].scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const count = list.children.length;
    if (count) select(current < 0 ? (step > 0 ? 0 : count - 1) : (current + step + count) % count);
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    select(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function draw({ texte, url, genre }, rank) {
    const option = document.createElement("li");
    option.id = `${list.id}-${rank}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = url;
    const title = document.createElement("span");
    title.dir = "auto";
    title.textContent = texte;
    option.append(title);
    if (genre) {
      const kind = document.createElement("span");
      kind.className = "details";
      kind.textContent = genre;
      option.append(" ", kind);
    }
    return option;
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(draw));
    select(-1);
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const count = suggestions.length;
    status.textContent = count
      ? `${count} suggestion${count > 1 ? "s" : ""}, flèches haut et bas pour choisir`
      : "Aucune suggestion";
  }

  // With `step`, an arrow opened the list and moves into it.
  async function ask(step = 0) {
    const text = input.value.trim();
    request?.abort();
    if (text.length < MINIMUM) {
      status.textContent = "";
      return close();
    }
    if (!answers.has(text)) {
      request = new AbortController();
      try {
        const answer = await fetch(`/recherche/suggestions/?q=${encodeURIComponent(text)}`, { signal: request.signal });
        if (!answer.ok) return close();
        answers.set(text, await answer.json());
      } catch (error) {
        // Typed on, or offline: the box stays a plain form.
        if (error.name !== "AbortError") close();
        return undefined;
      }
    }
    if (input.value.trim() === text && document.activeElement === input) {
      show(answers.get(text));
      if (step) move(step);
    }
    return undefined;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    select(-1);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    // While characters are being composed (Chinese, Arabic), the keys belong to the composition.
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (list.hidden) ask(event.altKey ? 0 : step);
      else if (event.altKey && step < 0) close();
      else move(step);
    } else if (event.key === "Enter" && !list.hidden && current >= 0) {
      event.preventDefault();
      location.assign(list.children[current].dataset.url);
    } else if (event.key === "Escape" && !list.hidden) {
      // The text stays: a second Escape empties a search box, as browsers do.
      event.preventDefault();
      close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      select(-1);
    }
  });
  // The list is clicked before the box loses focus.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  input.addEventListener("blur", close);
  // What was typed while this file was on its way.
  if (document.activeElement === input && input.value !== input.defaultValue) ask();
}
