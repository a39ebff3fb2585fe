// The workshop of transcripts: hear a turn, take a time from the player, cut where the cursor is.
const form = document.querySelector(".atelier");
const media = form.querySelector("video, audio");
const turns = [...form.querySelectorAll(".atelier-tour")];
const field = (name) => form.querySelector(`[name=${name}]`);

const clock = (seconds) => {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  const text = shown.map((part, rank) => (rank ? String(part).padStart(2, "0") : part)).join(":");
  return tenths % 10 ? `${text}.${tenths % 10}` : text;
};

// Nothing typed is lost by leaving.
let changed = false;

// Whatever the browser, the button that is pressed knows where the cursor was in the text of its turn.
form.addEventListener("click", (event) => {
  const turn = event.target.closest(".atelier-tour");
  if (turn) field("position").value = turn.querySelector("[data-texte]").selectionStart;
  if (media) field("temps").value = Math.floor(media.currentTime);
  if (!turn || !media) return;
  if (event.target.closest("[data-ecouter]")) {
    media.currentTime = Number(turn.dataset.debut);
    media.play();
  }
  const taken = event.target.closest("[data-prendre]");
  if (taken) {
    const time = taken.parentElement.querySelector("input");
    time.value = clock(media.currentTime);
    changed = true;
    time.focus();
  }
});

// Enter presses the first button of a form, which saves: after a new name, it renames.
field("nouveau")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  form.querySelector("[value=renommer]").click();
});

if (media) {
  const wanted = Number(field("temps").value);
  if (wanted) media.currentTime = wanted;
  media.addEventListener("timeupdate", () => {
    const said = turns.filter((turn) => turn.dataset.debut && Number(turn.dataset.debut) <= media.currentTime);
    for (const turn of turns) turn.toggleAttribute("aria-current", turn === said.at(-1));
    said.at(-1)?.setAttribute("aria-current", "true");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.matches("[data-texte]")) return;
    if (media.paused) media.play();
    else media.pause();
  });
}

form.addEventListener("input", () => {
  changed = true;
});
form.addEventListener("submit", () => {
  changed = false;
});
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
