/* How old an offline pack is. The date is on the page anyway; after three months a quiet
   notice says how many days it has been, after a year a stronger one. No request. */
(function () {
  "use strict";

  var DAY = 24 * 60 * 60 * 1000;

  /* Whole days since a date such as 2026-11-23, by the clock of this computer. */
  function daysSince(text) {
    var parts = text.split("-").map(Number);
    var made = new Date(parts[0], parts[1] - 1, parts[2]);
    return Math.floor((Date.now() - made.getTime()) / DAY);
  }

  var notices = Array.prototype.slice.call(document.querySelectorAll("[data-pack-made]"));
  var due = notices.filter(function (notice) {
    var days = daysSince(notice.getAttribute("data-pack-made"));
    return days >= Number(notice.getAttribute("data-pack-days"));
  });
  var shown = due[due.length - 1]; // the strongest comes last
  if (shown) {
    shown.textContent = shown.textContent.replace(
      "{days}", daysSince(shown.getAttribute("data-pack-made")));
    shown.hidden = false;
  }
})();
