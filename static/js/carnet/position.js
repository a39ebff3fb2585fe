// Where the reader stopped in a video. Kept like the rest, and only once the reader has a notebook: watching alone
// leaves no trace.
import { load, save } from "./appareil.js";

const EVERY_MS = 10_000;
// Nobody needs help to find the first seconds again, nor the last ones.
const MARGIN_S = 10;

const pad = (value) => String(value).padStart(2, "0");
const clock = (second) => {
  const [hours, minutes] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
  return `${hours ? `${hours}:${pad(minutes)}` : minutes}:${pad(second % 60)}`;
};

// The interview's own script, or else the server, knows what to do with the address.
function offer(video, second) {
  const place = document.createElement("p");
  const link = document.createElement("a");
  link.href = `?t=${second}`;
  link.textContent = `Reprendre la vidéo à ${clock(second)}`;
  place.className = "details";
  place.append(link);
  video.after(place);
}

export function follow(video, uuid, changed) {
  const [, , kept] = load()[uuid] ?? [0, 0, 0, 0];
  if (kept > MARGIN_S && !new URLSearchParams(location.search).has("t")) offer(video, kept);

  let last = Date.now();
  const keep = () => {
    const notebook = load();
    if (!Object.keys(notebook).length) return;
    const [readAt, undoneAt, before, at] = notebook[uuid] ?? [0, 0, 0, 0];
    const second = video.ended || video.duration - video.currentTime < MARGIN_S ? 0 : Math.floor(video.currentTime);
    last = Date.now();
    if (second !== before) save({ ...notebook, [uuid]: [readAt, undoneAt, second, Math.max(last, at + 1)] });
  };
  video.addEventListener("timeupdate", () => {
    if (!video.paused && Date.now() - last >= EVERY_MS) keep();
  });
  video.addEventListener("pause", () => {
    keep();
    changed();
  });
  addEventListener("pagehide", () => {
    if (!video.paused) keep();
  });
}
