/* In an export with a server for searching: where that one does not answer, the search
   box leads to the page of the export that searches by itself. */
(function () {
  "use strict";

  const PATIENCE = 4000; // milliseconds

  function answers(address) {
    if (navigator.onLine === false || !window.fetch) {
      return Promise.resolve(navigator.onLine !== false);
    }
    const late = new Promise(function (_resolve, reject) {
      window.setTimeout(reject, PATIENCE);
    });
    const asked = window.fetch(address, { mode: "no-cors", credentials: "omit" });
    return Promise.race([asked, late]).then(
      () => true,
      () => false
    );
  }

  function query(form) {
    const fields = Array.prototype.slice.call(form.querySelectorAll("input[name]"));
    return fields
      .map((field) => field.name + "=" + encodeURIComponent(field.value))
      .join("&");
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-offline]:not([data-offline=''])"), function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      answers(form.getAttribute("data-suggest") || form.action).then(function (isThere) {
        if (isThere) {
          form.submit();
        } else {
          window.location.assign(form.getAttribute("data-offline") + "?" + query(form));
        }
      });
    });
  });
})();
