/* The catalogue without a server: narrows the table that is shown to the rows that hold
   every word typed. The words it says are in the page. */
(function () {
  "use strict";

  function folded(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[〔[【(]/g, "〔").replace(/[〕\]】)]/g, "〕");
  }

  var form = document.querySelector("[data-filter-form]");
  if (!form || !String.prototype.normalize) {
    return;
  }
  var field = form.querySelector("[data-filter]");
  var status = form.querySelector("[data-filter-status]");
  var rows = Array.prototype.map.call(
    document.querySelectorAll("[data-filter-row]"),
    function (row) {
      return { element: row, text: folded(row.textContent) };
    }
  );

  function narrow() {
    var words = folded(field.value).split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row) {
      var holds = words.every(function (word) {
        return row.text.indexOf(word) >= 0;
      });
      row.element.hidden = !holds;
      count += holds ? 1 : 0;
    });
    status.textContent = words.length
      ? status.getAttribute("data-text").replace("{count}", String(count))
      : "";
  }

  form.hidden = false;
  field.addEventListener("input", narrow);
  if (field.value) {
    narrow(); // the browser kept it on the way back
  }
})();
