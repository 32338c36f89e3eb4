/* Suggestions while somebody types, below every search box. The box works without them;
   all words are in the page or come from the server. Follows the pattern of an editable
   combobox with a list (WAI-ARIA): the focus stays in the field. */
(function () {
  "use strict";

  var PAUSE = 120; // milliseconds without a key before the server is asked
  var LONGEST = 40;
  var lists = 0;

  function Suggestions(form) {
    var field = form.querySelector("input[type=search]");
    var list = document.createElement("ul");
    var status = document.createElement("p");
    var known = {};
    var shown = [];
    var active = -1;
    var asked = "";
    var timer = 0;

    function typed() {
      return field.value.trim().slice(0, LONGEST);
    }

    function close() {
      window.clearTimeout(timer);
      shown = [];
      active = -1;
      list.hidden = true;
      list.textContent = "";
      status.textContent = "";
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function activate(index) {
      var options = list.children;
      if (options[active]) {
        options[active].setAttribute("aria-selected", "false");
      }
      active = index;
      if (options[active]) {
        options[active].setAttribute("aria-selected", "true");
        options[active].scrollIntoView({ block: "nearest" });
        field.setAttribute("aria-activedescendant", options[active].id);
      } else {
        field.removeAttribute("aria-activedescendant");
      }
    }

    function follow(index) {
      var chosen = shown[index];
      field.value = chosen.text;
      close();
      if (chosen.url) {
        window.location.assign(chosen.url);
      } else {
        form.submit();
      }
    }

    function option(suggestion, index) {
      var item = document.createElement("li");
      var text = document.createElement("span");
      item.id = list.id + "-" + index;
      item.className = "suggestions__item";
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      text.className = "suggestions__text";
      text.textContent = suggestion.text;
      item.appendChild(text);
      if (suggestion.kind_label) {
        var kind = document.createElement("span");
        kind.className = "suggestions__kind";
        kind.textContent = suggestion.kind_label;
        item.appendChild(kind);
      }
      // Before the field loses the focus, which closes the list.
      item.addEventListener("mousedown", function (event) {
        event.preventDefault();
      });
      item.addEventListener("click", function () {
        follow(index);
      });
      return item;
    }

    function show(found) {
      close();
      shown = found;
      found.forEach(function (suggestion, index) {
        list.appendChild(option(suggestion, index));
      });
      list.hidden = !found.length;
      field.setAttribute("aria-expanded", String(Boolean(found.length)));
      status.textContent = found.length
        ? form.getAttribute("data-suggest-count").replace("{count}", String(found.length))
        : form.getAttribute("data-suggest-none");
    }

    function ask() {
      var words = typed();
      asked = words;
      if (!words) {
        close();
        return;
      }
      if (known[words]) {
        show(known[words]);
        return;
      }
      var address = form.getAttribute("data-suggest");
      var mark = address.indexOf("?") < 0 ? "?" : "&";
      window
        .fetch(address + mark + "q=" + encodeURIComponent(words), { credentials: "omit" })
        .then(function (response) {
          return response.ok ? response.json() : { items: [] };
        })
        .then(function (answer) {
          known[words] = answer.items;
          // An answer that comes late is one to what was typed before.
          if (asked === words && document.activeElement === field) {
            show(answer.items);
          }
        })
        .catch(function () {
          close(); // no network: the box still works when there is one
        });
    }

    function onKey(event) {
      if (event.isComposing || event.keyCode === 229) {
        return; // the keys belong to the input method
      }
      var last = shown.length - 1;
      if (event.key === "ArrowDown" && !shown.length && typed()) {
        event.preventDefault();
        ask();
      } else if (event.key === "ArrowDown" && shown.length) {
        event.preventDefault();
        activate(active >= last ? 0 : active + 1);
      } else if (event.key === "ArrowUp" && shown.length) {
        event.preventDefault();
        activate(active <= 0 ? last : active - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        follow(active);
      } else if (event.key === "Escape" && shown.length) {
        event.preventDefault(); // the first one closes, the second one empties
        asked = "";
        close();
      }
    }

    lists += 1;
    list.id = "suggestions-" + lists;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.getAttribute("data-suggest-label"));
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", list.id);
    form.appendChild(list);
    form.appendChild(status);
    field.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, PAUSE);
    });
    field.addEventListener("keydown", onKey);
    field.addEventListener("blur", function () {
      asked = "";
      close();
    });
  }

  if (window.fetch) {
    Array.prototype.forEach.call(
      document.querySelectorAll("form[data-suggest]:not([data-suggest=\"\"])"),
      Suggestions
    );
  }
})();
