/* A page that is read later than it was made says what is true today: the phase, the
   days left, which events have passed. Every day and every word is in the page. */
(function () {
  "use strict";

  var DAY = 24 * 60 * 60 * 1000;

  function all(selector, parent) {
    return Array.prototype.slice.call((parent || document).querySelectorAll(selector));
  }

  // The reader's own day, as 2026-05-01: such texts sort like the days they name.
  function isoDay(moment) {
    var month = "0" + (moment.getMonth() + 1);
    var day = "0" + moment.getDate();
    return moment.getFullYear() + "-" + month.slice(-2) + "-" + day.slice(-2);
  }

  function between(from, to) {
    return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
  }

  function stateOf(element, today) {
    if (today < element.getAttribute("data-starts")) {
      return "upcoming";
    }
    return today > element.getAttribute("data-ends") ? "over" : "current";
  }

  function showStage(element, today) {
    var state = stateOf(element, today);
    all("[data-when]", element).forEach(function (words) {
      words.hidden = words.getAttribute("data-when") !== state;
    });
    if (element.hasAttribute("data-state")) {
      element.setAttribute("data-state", state);
      if (state === "current") {
        element.setAttribute("aria-current", "step");
      } else {
        element.removeAttribute("aria-current");
      }
    }
    var days = state === "upcoming"
      ? between(today, element.getAttribute("data-starts"))
      : between(today, element.getAttribute("data-ends")) + 1;
    all("[data-days]", element).forEach(function (number) {
      number.textContent = String(days);
    });
  }

  function showDay(mark, today, now) {
    if (mark.getAttribute("datetime") === today) {
      return;
    }
    mark.setAttribute("datetime", today);
    mark.textContent = now.toLocaleDateString(document.documentElement.lang, {
      year: "numeric",
      month: "long",
      day: "numeric"
    });
  }

  function correct() {
    var now = new Date();
    var today = isoDay(now);
    all("[data-stage]").forEach(function (element) {
      showStage(element, today);
    });
    all("[data-today]").forEach(function (mark) {
      showDay(mark, today, now);
    });
    all("[data-until]").forEach(function (event) {
      all("[data-over]", event).forEach(function (words) {
        words.hidden = event.getAttribute("data-until") >= today;
      });
    });
  }

  correct();
})();
