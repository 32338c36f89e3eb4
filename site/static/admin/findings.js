/* Shows each finding of the list on top of the form again where it is: at its field, or
   at its block. Without script the list says where. */
(() => {
  "use strict";

  const LIST = "[data-findings]";
  const NOTE = "finding-note";

  /* The innermost part of the form that a path names; blocks are drawn by script, so one
     that is not there yet has its field. */
  const placeOf = (path) => {
    let place = null;
    for (const name of path.split(".").filter(Boolean)) {
      const inside = (place || document).querySelector(
        `[data-contentpath="${CSS.escape(name)}"]`,
      );
      if (!inside) break;
      place = inside;
    }
    return place;
  };

  const show = () => {
    for (const note of document.querySelectorAll(`.${NOTE}`)) note.remove();
    for (const item of document.querySelectorAll(`${LIST} [data-finding-path]`)) {
      const place = placeOf(item.dataset.findingPath);
      if (!place) continue;
      const note = document.createElement("p");
      note.className = item.classList.contains("finding--severe")
        ? `${NOTE} ${NOTE}--severe`
        : NOTE;
      note.textContent = item.querySelector("[data-finding-text]").textContent;
      // Wagtail's comments use a block's attribute on its outermost element.
      place.prepend(note);
    }
  };

  // After the blocks have been drawn.
  window.addEventListener("load", show);
})();
