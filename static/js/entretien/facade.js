// A video kept by another host: its frame is made when the reader asks for it, never before.
const clock = (second) => {
  const parts = [Math.floor(second / 60) % 60, second % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(second / 3600);
  return hours ? `${hours}:${parts[0]}:${parts[1]}` : `${Math.floor(second / 60)}:${parts[1]}`;
};

export function openFacade(facade) {
  const button = facade.querySelector("[data-lancer]");
  let frame = null;
  let start = 0;

  function show() {
    const address = new URL(facade.dataset.integration);
    if (start) address.searchParams.set("start", start);
    // A new frame each time: changing the address of one would add a step to the reader's history.
    const next = document.createElement("iframe");
    next.title = facade.dataset.titre;
    next.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    // YouTube refuses to play when it is not told which site shows it; the site alone is told, not the page.
    next.referrerPolicy = "strict-origin-when-cross-origin";
    next.src = address.href;
    if (frame) frame.replaceWith(next);
    else facade.replaceChildren(next);
    frame = next;
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    show();
    // The button is gone: the focus goes where the video is.
    frame.tabIndex = -1;
    frame.focus();
    frame.removeAttribute("tabindex");
  });

  return {
    now: () => start,
    seek(second) {
      start = second;
      button.querySelector("[data-seconde]").textContent = second ? ` à partir de ${clock(second)}` : "";
    },
    // A click on a time is not yet a wish to speak to the host: only the button is.
    play() {
      if (frame) show();
    },
  };
}
