// The rank of a result opened from a search without filters, told to the site itself: no cookie, no identity, and
// nothing at all when the browser asks not to be tracked. See « Données personnelles ».
const asked = navigator.doNotTrack === "1" || navigator.globalPrivacyControl === true;
const parameters = new URLSearchParams(location.search);
const plain = [...parameters.keys()].every((name) => name === "q" || name === "page");
const query = parameters.get("q");

function rankOf(link) {
  const hit = link.closest(".recherche-hit");
  return hit.parentElement.start + [...hit.parentElement.children].indexOf(hit);
}

function tell(event) {
  const link = event.target.closest(".recherche-hit a");
  // The middle button opens a tab; the others open nothing.
  if (!link || event.button > 1) return;
  navigator.sendBeacon("/recherche/clic/", new URLSearchParams({ q: query, rang: String(rankOf(link)) }));
}

if (query && plain && !asked && navigator.sendBeacon) {
  const list = document.querySelector(".recherche-hit")?.parentElement;
  list?.addEventListener("click", tell);
  list?.addEventListener("auxclick", tell);
}
