// The interview's transcript follows its video, and a time clicked plays from there. Without this script the times
// are links that the server answers; nothing but seeking is lost.
const video = document.querySelector(".entretien video");
const list = document.querySelector(".tours");
const follow = document.getElementById("suivre");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const secondOf = (address) => {
  const text = new URL(address, location.href).searchParams.get("t");
  return /^\d{1,6}$/.test(text ?? "") ? Number(text) : null;
};

// Turns that have a time, in order; those without one are never current.
const turns = [...(list?.children ?? [])]
  .map((item) => ({ item, link: item.querySelector(":scope > a") }))
  .filter(({ link }) => link)
  .map(({ item, link }) => ({ item, start: secondOf(link.href) }))
  .sort((one, other) => one.start - other.start);
let current = list?.querySelector("[aria-current]") ?? null;

function mark(item) {
  if (item === current) return;
  current?.removeAttribute("aria-current");
  item?.setAttribute("aria-current", "true");
  current = item;
  if (item && follow?.checked && !calm.matches) item.scrollIntoView({ block: "center", behavior: "smooth" });
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

// The second asked before the player knows its video: a browser may forget it while it loads.
let wanted = null;

function seek(second) {
  if (!video.readyState) wanted = second;
  video.currentTime = second;
  markAt(second);
}

function play() {
  // A browser may refuse to play by itself: the reader still has the player's own button.
  video.play().catch((error) => {
    if (error.name !== "NotAllowedError" && error.name !== "AbortError") throw error;
  });
}

if (video) {
  document.querySelector(".entretien").addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='?t=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const second = secondOf(link.href);
    if (second === null) return;
    // The focus stays on the link: whoever reads by keyboard goes on from there.
    event.preventDefault();
    history.replaceState(history.state, "", link.href);
    seek(second);
    play();
  });
  video.addEventListener("loadedmetadata", () => {
    if (wanted !== null && Math.abs(video.currentTime - wanted) > 1) video.currentTime = wanted;
    wanted = null;
  });
  video.addEventListener("timeupdate", () => {
    // Before the first image, a time is a wish of ours, not of the player.
    if (video.readyState) markAt(video.currentTime);
  });

  const asked = secondOf(location.href);
  if (asked !== null && !(video.duration <= asked)) seek(asked);

  const box = follow?.closest(".suivre");
  const offer = () => {
    if (!box) return;
    box.hidden = calm.matches || !turns.length;
    if (calm.matches) follow.checked = false;
  };
  offer();
  calm.addEventListener("change", offer);
}
