// Terms of the glossary: each link becomes a button that opens the definition in place, by click, Enter or Space.
// Nothing opens on hover. Escape, a click elsewhere or leaving by the keyboard closes it. Without this script, a link.
let opened = null;

function close() {
  if (!opened) return;
  opened.button.setAttribute("aria-expanded", "false");
  opened.bubble.hidden = true;
  // Emptied, so that what reads or copies the sentence never takes the definition for its words.
  opened.bubble.replaceChildren();
  opened = null;
}

function open(term) {
  close();
  const { button, bubble, link } = term;
  const text = document.createElement("span");
  text.textContent = link.dataset.definition;
  const more = document.createElement("a");
  more.href = link.getAttribute("href");
  more.textContent = `Lire «\u00a0${link.dataset.nom}\u00a0» dans le glossaire`;
  bubble.hidden = false;
  bubble.style.insetInlineStart = "0";
  bubble.append(text, more);
  const beyond = bubble.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
  if (beyond > 0) bubble.style.insetInlineStart = `${-beyond}px`;
  button.setAttribute("aria-expanded", "true");
  opened = term;
}

let number = 0;
for (const link of document.querySelectorAll("a.terme")) {
  const place = document.createElement("span");
  place.className = "terme-lie";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "terme";
  button.append(...link.childNodes);
  button.setAttribute("aria-label", `${button.textContent.trim()}\u00a0: définition`);
  button.setAttribute("aria-expanded", "false");
  const bubble = document.createElement("span");
  bubble.id = `definition-${(number += 1)}`;
  bubble.className = "bulle";
  bubble.setAttribute("role", "status");
  bubble.hidden = true;
  button.setAttribute("aria-controls", bubble.id);
  place.append(button, bubble);
  link.replaceWith(place);
  const term = { place, button, bubble, link };
  button.addEventListener("click", () => (opened === term ? close() : open(term)));
  place.addEventListener("focusout", (event) => {
    // Where the focus goes nowhere, it is a click, told below.
    if (opened === term && event.relatedTarget && !place.contains(event.relatedTarget)) close();
  });
}

// Before any other listener: whoever copies a passage copies it closed.
document.addEventListener("click", (event) => {
  if (opened && !opened.place.contains(event.target)) close();
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !opened) return;
  const { button, place } = opened;
  const inside = place.contains(document.activeElement);
  close();
  if (inside) button.focus();
});
