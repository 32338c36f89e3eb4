/* A button of an editor's form waits until what was written is in the form, and until
   Wagtail has saved by itself, if it is about to.

   A text in a rich text box is put into the form a quarter of a second after the last
   change: Ctrl+S pressed at once would save without it. And Wagtail answers a button
   pressed while it saves by itself with a form that knows nothing of that: of a new page
   there are two then, and the second has another address. */
(() => {
  "use strict";

  const RICH_TEXT = "[data-draftail-editor]";
  const BUTTON = "[data-edit-form] [type=submit]";
  // Of Draftail (`stateSaveInterval`: 250), counted from the loss of the focus.
  const SETTLING = 300;

  let isTouched = false; // something may have been written that is not in the form
  let isSettling = false;
  let isSaving = false;
  let isLeaving = false;
  let pressed = null;

  const press = () => {
    if (!pressed || isSettling || isSaving) return;
    const button = pressed;
    pressed = null;
    button.removeAttribute("aria-busy");
    button.click();
  };

  for (const touch of ["beforeinput", "keydown", "click", "focusin"]) {
    document.addEventListener(touch, (event) => {
      if (event.target.closest?.(RICH_TEXT)) isTouched = true;
    });
  }

  document.addEventListener(
    "w-autosave:save",
    (event) => {
      if (isLeaving) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else {
        isSaving = true;
      }
    },
    true,
  );

  document.addEventListener("w-autosave:success", () => {
    isSaving = false;
    press();
  });

  document.addEventListener("w-autosave:error", (event) => {
    isSaving = false;
    if (event.detail.type !== "invalid_revision") {
      press();
      return;
    }
    // Somebody else has saved: Wagtail is asking who, and then asks the editor.
    for (const answer of ["w-swap:success", "w-swap:error"]) {
      document.addEventListener(answer, press, { once: true });
    }
  });

  const wait = () => {
    isTouched = false;
    isSettling = true;
    window.setTimeout(() => {
      isSettling = false;
      press();
    }, SETTLING);
  };

  window.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.(BUTTON);
      if (!button || !(isTouched || isSettling || isSaving)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed?.removeAttribute("aria-busy");
      pressed = button;
      button.setAttribute("aria-busy", "true");
      if (isTouched) wait();
    },
    true,
  );

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-edit-form]") && !event.defaultPrevented) {
      isLeaving = true;
    }
  });

  // Back again by the browser's button.
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
})();
