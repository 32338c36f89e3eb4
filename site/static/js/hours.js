/* Says whether a service point is open now, by its usual hours and Beijing time. The
   hours themselves are text in the page; without this script nothing is claimed.
   data-hours: Monday first, days apart by ";", spans by ",", minutes after midnight. */
(function () {
  "use strict";

  var MINUTE = 60 * 1000;
  // China has one time and no summer time, whatever the telephone is set to.
  var BEIJING = 8 * 60 * MINUTE;

  function spansOf(part) {
    return part
      .split(",")
      .filter(Boolean)
      .map(function (span) {
        return span.split("-").map(Number);
      });
  }

  function timeText(minutes) {
    var rest = minutes % 60;
    return Math.floor(minutes / 60) + ":" + (rest < 10 ? "0" : "") + rest;
  }

  function stateOf(element, now) {
    var special = (element.getAttribute("data-special") || "").split(" ");
    if (special.indexOf(now.toISOString().slice(0, 10)) >= 0) {
      return { name: "holiday" };
    }
    var days = element.getAttribute("data-hours").split(";");
    var spans = spansOf(days[(now.getUTCDay() + 6) % 7] || "");
    var minutes = now.getUTCHours() * 60 + now.getUTCMinutes();
    for (var index = 0; index < spans.length; index += 1) {
      if (minutes < spans[index][0]) {
        return { name: "later", time: spans[index][0] };
      }
      if (minutes < spans[index][1]) {
        return { name: "open", time: spans[index][1] };
      }
    }
    return { name: "closed" };
  }

  function show() {
    var now = new Date(Date.now() + BEIJING);
    Array.prototype.forEach.call(
      document.querySelectorAll("[data-hours]"),
      function (element) {
        var state = stateOf(element, now);
        var words = element.getAttribute("data-" + state.name);
        var text = words.replace("{time}", timeText(state.time || 0));
        if (element.textContent !== text) {
          element.textContent = text;
          element.setAttribute("data-state", state.name);
        }
        element.hidden = false;
      }
    );
  }

  show();
  window.setInterval(show, MINUTE);
})();
