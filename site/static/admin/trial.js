/* Trying an entry sends the form into a frame and leaves nothing saved. Wagtail takes it
   for saving and would then let the editor leave the form without a warning. */
(() => {
  "use strict";

  document.addEventListener(
    "submit",
    (event) => {
      if (event.submitter?.formTarget) event.stopPropagation();
    },
    true,
  );
})();
