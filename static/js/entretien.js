// The interview's transcript follows its player, and a time clicked plays from there; a passage is quoted in place.
// Without this script the times and the quotations are links and forms that the server answers.
import { listenToQuotations } from "./entretien/citation.js";
import { secondOf } from "./entretien/seconde.js";

const root = document.querySelector(".entretien");
const list = root.querySelector(".tours");
const follow = document.getElementById("suivre");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Turns that have a time, in order; those without one are never current.
const turns = [...(list?.children ?? [])]
  .map((item) => ({ item, link: item.querySelector(":scope > a") }))
  .filter(({ link }) => link)
  .map(({ item, link }) => ({ item, start: secondOf(link.href) }))
  .sort((one, other) => one.start - other.start);
let current = list?.querySelector("[aria-current]") ?? null;

function show() {
  if (current && follow?.checked && !calm.matches) current.scrollIntoView({ block: "center", behavior: "smooth" });
}

function mark(item) {
  if (item === current) return;
  current?.removeAttribute("aria-current");
  item?.setAttribute("aria-current", "true");
  current = item;
  show();
}

function markAt(second) {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (turns[middle].start <= second) low = middle + 1;
    else high = middle;
  }
  mark(low ? turns[low - 1].item : null);
}

// A player of ours: `seek` goes to a second, `play` starts, `now` tells where it is.
function mediaPlayer(media) {
  // The second asked before the player knows its media: a browser may forget it while it loads.
  let wanted = null;
  media.addEventListener("loadedmetadata", () => {
    if (wanted !== null && wanted < media.duration && Math.abs(media.currentTime - wanted) > 1) media.currentTime = wanted;
    wanted = null;
  });
  media.addEventListener("timeupdate", () => {
    // Before the first image, a time is a wish of ours, not of the player.
    if (media.readyState) markAt(media.currentTime);
  });
  return {
    now: () => Math.floor(media.currentTime),
    seek(second) {
      if (media.duration <= second) return;
      if (!media.readyState) wanted = second;
      media.currentTime = second;
    },
    play() {
      // A browser may refuse to play by itself: the reader still has the player's own button.
      media.play().catch((error) => {
        if (error.name !== "NotAllowedError" && error.name !== "AbortError") throw error;
      });
    },
  };
}

const media = root.querySelector(".entretien-lecteur > :is(video, audio)");
const facade = root.querySelector(".facade");
const player = media ? mediaPlayer(media) : facade && (await import("./entretien/facade.js")).openFacade(facade);

if (player) {
  root.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[href^='?']");
    if (!link) return;
    if (link.closest(".versions")) {
      // The other version goes on from here.
      if (player.now()) link.search = `${link.search.replace(/&t=\d+/, "")}&t=${player.now()}`;
      return;
    }
    const second = secondOf(link.href);
    if (second === null) return;
    // The focus stays on the link: whoever reads by keyboard goes on from there.
    event.preventDefault();
    history.replaceState(history.state, "", link.href);
    player.seek(second);
    markAt(second);
    player.play();
  });

  // Read here, since a copy kept on the device answers any second with one page; a second beyond the end is no second.
  const asked = secondOf(location.href);
  if (asked !== null && asked <= Number(root.dataset.duree ?? Infinity)) {
    player.seek(asked);
    markAt(asked);
  }

  // Nothing follows a player of others, whose time we do not know.
  const box = media && follow?.closest(".suivre");
  const offer = () => {
    if (!box) return;
    box.hidden = calm.matches || !turns.length;
    if (calm.matches) follow.checked = false;
  };
  offer();
  // The page is laid out otherwise (mooc.css): the reader is taken where the text is.
  follow?.addEventListener("change", show);
  calm.addEventListener("change", offer);
}

if (list) listenToQuotations(list);
