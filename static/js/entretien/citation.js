// « Citer »: the quotation of a turn, copied at once where the browser allows it, shown to be copied by hand anyway.
const model = document.getElementById("modele-citation");
const state = document.getElementById("etat-citation");

// The same words as the server's (mooc/entretiens.py, `citation`).
function quotation(list, turn) {
  const link = turn.querySelector(":scope > a");
  const who = turn.querySelector(":scope > b")?.textContent;
  const said = turn.querySelector(":scope > p").textContent;
  const source = [who, `«\u00a0${list.dataset.titre}\u00a0»`, link && `à ${link.textContent}`].filter(Boolean).join(", ");
  const query = new URLSearchParams(link?.search);
  const place = query.has("t") ? `?t=${query.get("t")}` : "";
  return `«\u00a0${said}\u00a0» ${source}, ${list.dataset.adresse}${place}#${turn.id}`;
}

function close(button) {
  document.getElementById("citation")?.remove();
  state.textContent = "";
  button?.focus();
}

async function cite(list, button) {
  close();
  const turn = button.closest("li");
  turn.append(model.content.cloneNode(true));
  const panel = document.getElementById("citation");
  const field = panel.querySelector("textarea");
  field.value = quotation(list, turn);
  panel.querySelector("[data-fermer]").addEventListener("click", () => close(button));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(button);
  });
  const comment = panel.querySelector("[data-comment]");
  try {
    // Absent outside secure contexts, refused where the reader said so.
    await navigator.clipboard.writeText(field.value);
    comment.textContent = "La citation est copiée.";
    state.textContent = "La citation est copiée.";
  } catch {
    comment.textContent = "Votre navigateur ne copie pas pour vous : le texte est choisi, copiez-le (Ctrl+C).";
    state.textContent = comment.textContent;
    field.focus();
    field.select();
  }
}

export function listenToQuotations(list) {
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=citer]");
    if (!button) return;
    event.preventDefault();
    cite(list, button);
  });
}
