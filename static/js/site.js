// What every page runs: nothing that a reader needs in order to read.
// Print opens every `details`, and closes again those that were closed.
const opened = new Set();
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    opened.add(details);
    details.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
  opened.clear();
});
// Suggestions come the first time that a search box is used: a page that nobody searches from does not load them.
for (const input of document.querySelectorAll("input[data-suggestions]")) {
  const load = async () => {
    try {
      (await import(input.dataset.suggestions)).enhance(input);
    } catch {
      // Offline, or an old browser: the box stays a plain form.
    }
  };
  if (document.activeElement === input) load();
  else input.addEventListener("focus", load, { once: true });
}
// Only who keeps a parcours offline has a worker, and only then is there something to say.
if (navigator.serviceWorker?.controller) import("./hors-ligne/etat.js");
