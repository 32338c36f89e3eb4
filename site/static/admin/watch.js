/* What the server says of itself is asked for again and put in; without script the page
   shows how it was when it was opened. */
(() => {
  "use strict";

  const watch = (place) => {
    let shown = place.innerHTML;

    const ask = async () => {
      if (document.hidden) return later(1);
      try {
        const answer = await fetch(place.dataset.watch, {
          headers: { Accept: "application/json" },
        });
        if (answer.redirected || !answer.ok) return; // logged out: not for ever
        const { html, again } = await answer.json();
        if (html !== shown && !place.contains(document.activeElement)) {
          place.innerHTML = shown = html;
        }
        if (again) later(again);
      } catch {
        later(10); // the line breaks at times
      }
    };

    const later = (seconds) => window.setTimeout(ask, seconds * 1000);

    later(1);
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const place of document.querySelectorAll("[data-watch]")) watch(place);
  });
})();
