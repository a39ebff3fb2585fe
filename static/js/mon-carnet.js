// The page of the notebook: resume code, file, erasing. Without this script its forms post to the server, which answers
// with the page.
import { merge, parse } from "./carnet/fusion.js";
import { link, load, save, saveLink, state } from "./carnet/appareil.js";
import { eraseAll, raw, restore, snapshot } from "./carnet/effacement.js";
import { browserRefuses, refuse, refused } from "./carnet/mesure.js";
import { ask, PLACE, push, synchronise } from "./carnet/liaison.js";
import { render, say, trouble } from "./carnet.js";

const find = (selector) => document.querySelector(selector);
const elsewhere = find("[data-ailleurs]");
const codeField = find("#carnet-code");
const addressOf = (code) => `${location.origin}${PLACE}#reprendre=${code.replaceAll(" ", "-")}`;
const dateOf = (iso) => new Date(`${iso}T12:00:00`).toLocaleDateString("fr-FR", { dateStyle: "long" });

function show() {
  const kept = link();
  const lost = Boolean(kept?.perdu);
  find("[data-carnet-perdu]").hidden = !lost;
  find("[data-creer]").hidden = Boolean(kept) && !lost;
  find("[data-lie]").hidden = !kept || lost;
  if (kept && !lost) {
    find("[data-code]").textContent = kept.code;
    find("[data-lien]").href = addressOf(kept.code);
    find("[data-jusqu-au]").textContent = dateOf(kept.jusqu_au);
  }
  // What is kept, not what was pressed: « Tout effacer » and a full storage leave the box as it will be obeyed.
  find("[data-mesure]").checked = refused() || browserRefuses();
}

// Run what a button asks; whatever happens is said beside it, and the button waits.
async function attempt(box, button, action) {
  if (button) button.disabled = true;
  say(box, "");
  try {
    say(box, await action());
  } catch (error) {
    say(box, error.message);
  } finally {
    if (button) button.disabled = false;
    render();
  }
}

function onSubmit(selector, action) {
  find(selector).addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    attempt(form.querySelector("[role=status]") ? form : form.closest(".encadre"), event.submitter, () => action(form));
  });
}

const must = (done) => {
  if (!done) throw new Error(trouble());
};

async function create() {
  load();
  must(!state.corrupt && state.available);
  const { code, jusqu_au } = await ask("code", { progres: load() });
  must(saveLink({ code, jusqu_au, a_envoyer: false, vu_ms: Date.now() }));
  return "Votre code est prêt. Vos marques suivront tant qu’il est sur cet appareil.";
}

async function resume() {
  load();
  must(!state.corrupt && state.available);
  codeField.removeAttribute("aria-invalid");
  try {
    await synchronise(codeField.value.trim());
  } catch (error) {
    if (error.status === 404 || error.status === 422) codeField.setAttribute("aria-invalid", "true");
    codeField.focus();
    throw error;
  }
  codeField.value = "";
  return "C’est fait : les carnets sont réunis.";
}

async function mail(form) {
  const { fait } = await ask("courriel", { code: link().code, courriel: form.elements.courriel.value });
  form.reset();
  return fait;
}

function download() {
  const progres = load();
  must(state.available);
  // What cannot be read is saved as it is: somebody else may read it, and « Tout effacer » loses nothing any more.
  const content = state.corrupt ? raw() : JSON.stringify({ format: "carnet-de-lecture", version: 1, progres }, null, 1);
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  anchor.download = `carnet-de-lecture-${new Date().toISOString().slice(0, 10)}.json`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
  return state.corrupt
    ? "Votre progression est illisible. Le fichier la contient telle quelle ; ce site ne saura pas la remettre."
    : "Le fichier est dans vos téléchargements.";
}

async function bring(file) {
  let brought = null;
  try {
    const value = JSON.parse(await file.text());
    if (value?.format !== "carnet-de-lecture") throw new TypeError("another file");
    brought = parse(JSON.stringify(value.progres ?? null));
  } catch {
    throw new Error("Ce fichier n’est pas un carnet de lecture, ou il est abîmé. Vos marques n’ont pas changé.");
  }
  must(save(merge(load(), brought)));
  await push({ marked: true });
  return "C’est fait : les carnets sont réunis.";
}

async function erase() {
  const kept = link();
  const before = snapshot();
  await eraseAll();
  const undo = find("[data-annuler]");
  undo.hidden = !before.length;
  undo.onclick = () =>
    attempt(find("[data-effacer]"), null, async () => {
      must(restore(before));
      if (link()?.a_effacer) saveLink(kept);
      undo.hidden = true;
      return "Vos marques et vos réponses sont remises sur cet appareil.";
    });
  const gone = await ask("effacer", kept && !kept.perdu ? { code: kept.code } : {}).catch((error) => error);
  if (gone instanceof Error && kept) {
    // The code is kept, or the copy could never be erased.
    saveLink({ ...kept, a_effacer: true });
    throw new Error("Cet appareil est vidé. La copie gardée par le site ne l’est pas encore : recommencez plus tard.");
  }
  return "Tout est effacé.";
}

function prepare() {
  for (const box of document.querySelectorAll("[data-js]")) box.hidden = false;
  find("[data-sans-js]").hidden = true;
  const no = find("[data-mesure]");
  no.disabled = browserRefuses();
  find("[data-mesure-refusee]").hidden = !browserRefuses();
  no.addEventListener("change", () =>
    attempt(no.closest("section"), null, async () => {
      must(refuse(no.checked));
      return no.checked ? "C’est noté : rien ne sera compté." : "C’est noté : vos étapes seront comptées.";
    }),
  );
  onSubmit("[data-creer]", create);
  onSubmit("[data-reprendre]", resume);
  onSubmit("[data-courriel]", mail);
  onSubmit("[data-effacer]", erase);
  const onClick = (selector, action) => {
    const button = find(selector);
    button.addEventListener("click", () => attempt(button.closest("section > div, .encadre"), button, action));
  };
  onClick("[data-synchroniser]", async () => {
    await synchronise(link().code);
    return "Votre carnet est à jour ici et sur le site.";
  });
  onClick("[data-delier]", async () => {
    must(saveLink(null));
    return "Cet appareil n’envoie plus rien. La copie reste accessible par le code.";
  });
  onClick("[data-exporter]", async () => download());
  onClick("[data-copier]", async () => {
    await navigator.clipboard.writeText(addressOf(link().code));
    return "Le lien est copié.";
  });
  find("[data-copier]").hidden = !navigator.clipboard;
  find("[data-importer]").addEventListener("change", (event) => {
    const field = event.currentTarget;
    const [file] = field.files;
    if (file) attempt(field.closest("section > div"), null, () => bring(file)).then(() => { field.value = ""; });
  });
}

// A link that holds a code: it is shown and asked about, never used by itself, since whoever sent it would see what
// is marked here. Then it leaves the address, so that the history does not keep it.
function fromAddress() {
  const code = /^#reprendre=([\w-]{1,200})$/.exec(location.hash)?.[1];
  if (!code) return;
  history.replaceState(history.state, "", location.pathname);
  codeField.value = code.replaceAll("-", " ");
  say(codeField.form, "Voici le code de votre lien. Appuyez sur « Reprendre ici ».");
  elsewhere.scrollIntoView();
  codeField.form.querySelector("button").focus();
}

prepare();
show();
addEventListener("carnet", show);
addEventListener("hashchange", fromAddress);
fromAddress();
// Opened by the button of an e-mailed link: that button was the demand.
if (find("[data-recu]")) {
  // The address of the e-mail has served: what is seen from here on is the notebook's own page.
  history.replaceState(history.state, "", PLACE);
  codeField.form.requestSubmit();
}
// Pressed before this script was there: the site has erased what it could, and the rest is here.
if (find("[data-a-vider]")) {
  history.replaceState(history.state, "", PLACE);
  find("[data-fait]").remove();
  find("[data-effacer]").requestSubmit();
}
