// Suggestions under a search box: an ARIA combobox with a list (APG pattern « editable combobox, list
// autocomplete »). Without this file the box is a plain form.
const DELAY = 150;
const MINIMUM = 3;

function enhance(input) {
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
    current = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, rank) => option.setAttribute("aria-selected", String(rank === current)));
    if (current >= 0) {
      input.setAttribute("aria-activedescendant", options[current].id);
      options[current].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map(({ texte, url }, rank) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${rank}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = texte;
        option.dataset.url = url;
        return option;
      }),
    );
    current = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const count = suggestions.length;
    status.textContent = count ? `${count} suggestion${count > 1 ? "s" : ""}, flèches haut et bas pour choisir` : "";
  }

  async function ask() {
    const text = input.value.trim();
    request?.abort();
    if (text.length < MINIMUM) return close();
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
    if (input.value.trim() === text && document.activeElement === input) show(answers.get(text));
    return undefined;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        ask();
      } else {
        const step = event.key === "ArrowDown" ? 1 : -1;
        select(current < 0 && step < 0 ? -1 : current + step);
      }
      event.preventDefault();
    } else if (event.key === "Enter" && !list.hidden && current >= 0) {
      event.preventDefault();
      location.assign(list.children[current].dataset.url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  // The list is clicked before the box loses focus.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  input.addEventListener("blur", close);
}

// Beside the results there is room for the filters; above them, on a phone, they stay folded.
const filters = document.querySelector(".recherche-facettes");
if (filters && matchMedia("(min-width: 60rem)").matches) filters.open = true;

for (const input of document.querySelectorAll("input[data-suggestions]")) enhance(input);
