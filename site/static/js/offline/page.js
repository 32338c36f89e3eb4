/* The search page of an export: reads the question from the address, shows what
   ranking.js finds. All words come from the page (components/offline_results.html). */
(function () {
  "use strict";

  const search = window.xiangfatong.search;
  const words = window.xiangfatong.words;
  const files = window.xiangfatong.files;
  const PAGE = 10;

  function parameter(name) {
    const found = new RegExp("[?&]" + name + "=([^&]*)").exec(window.location.search);
    try {
      return found ? decodeURIComponent(found[1].replace(/\+/g, " ")).trim() : "";
    } catch (error) {
      return ""; // somebody cut the address off
    }
  }

  function filled(text, values) {
    return Object.keys(values).reduce(function (filling, name) {
      return filling.split("{" + name + "}").join(String(values[name]));
    }, text);
  }

  /* Where a logical path is, from this page (home/links.py). */
  function link(root, path) {
    const parts = path.split("#");
    const name = parts[0].slice(1);
    const file = name === "" || name.slice(-1) === "/" ? name + "index.html" : name;
    const address = file.split("/").map(encodeURIComponent).join("/");
    return root + address + (parts[1] ? "#" + encodeURIComponent(parts[1]) : "");
  }

  // --- marks ---------------------------------------------------------------------------

  /* What to mark in a text: the words as typed, else their parts; of the law's words
     those that the text holds in full. */
  function wordsIn(text, asked) {
    const longer = asked.concepts.filter((concept) => concept.text.length > 1);
    const found = [];
    (longer.length ? longer : asked.concepts).forEach(function (concept) {
      const held = (choice) => text.indexOf(choice) >= 0;
      found.push.apply(found, held(concept.text) ? [concept.text] : concept.pairs.filter(held));
      concept.others.forEach(function (other) {
        if (other.words.every(held)) {
          found.push.apply(found, other.words.filter((word) => word.length > 1));
        }
      });
    });
    return found;
  }

  function marked(text, asked) {
    const part = document.createDocumentFragment();
    const folded = words.foldAll(text);
    const plain = folded.length === text.length ? folded : text;
    const isMarked = [];
    wordsIn(plain, asked).forEach(function (word) {
      for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) {
        for (let place = at; place < at + word.length; place += 1) {
          isMarked[place] = true;
        }
      }
    });
    let from = 0;
    while (from < text.length) {
      let to = from + 1;
      while (to < text.length && Boolean(isMarked[to]) === Boolean(isMarked[from])) {
        to += 1;
      }
      const piece = document.createTextNode(text.slice(from, to));
      const mark = isMarked[from] ? document.createElement("mark") : null;
      part.appendChild(mark || piece);
      if (mark) {
        mark.appendChild(piece);
      }
      from = to;
    }
    return part;
  }

  // --- the page ------------------------------------------------------------------------

  function Results(box) {
    const template = document.getElementById("offline-hit");
    const list = box.querySelector("[data-hits]");
    const more = box.querySelector("[data-more]");
    const status = box.querySelector("[data-status]");
    const text = (name) => box.getAttribute("data-" + name);
    let found = null;
    let shown = 0;

    function item(card) {
      const hit = template.content.cloneNode(true);
      const heading = hit.querySelector("a");
      const snippet = hit.querySelector(".hit__snippet");
      const facts = hit.querySelector(".card__facts");
      hit.querySelector(".hit").classList.add("hit--" + (card.kind || "other"));
      hit.querySelector(".badge").textContent = card.label;
      heading.href = link(text("root"), card.path);
      heading.appendChild(marked(card.title, found.asked));
      snippet.appendChild(marked(card.summary, found.asked));
      if (!card.label) {
        hit.querySelector(".hit__kind").remove();
      }
      if (!card.summary) {
        snippet.remove();
      }
      if (card.day) {
        const day = card.day.split("-").map(Number);
        const time = facts.querySelector("time");
        time.dateTime = card.day;
        time.textContent = filled(text("date"), { year: day[0], month: day[1], day: day[2] });
      } else {
        facts.remove();
      }
      return hit;
    }

    function showMore(isAsked) {
      const next = found.hits.slice(shown, shown + PAGE);
      return search.cards(next).then(function (cards) {
        const first = list.children.length;
        cards.forEach((card) => list.appendChild(item(card)));
        shown += next.length;
        more.hidden = shown >= found.hits.length;
        if (isAsked && list.children[first]) {
          list.children[first].querySelector("a").focus();
        }
      });
    }

    function showCorrection(typed) {
      const correction = box.querySelector("[data-correction]");
      const back = correction.querySelector("a");
      correction.hidden = !found.meant;
      correction.querySelector("span").textContent = filled(text("meant"), { words: found.meant });
      back.textContent = filled(text("typed"), { words: typed });
      back.href = "?q=" + encodeURIComponent(typed) + "&exact=1";
    }

    function show(result, typed) {
      const count = result.hits.length;
      found = result;
      shown = 0;
      document.querySelector("h1").textContent = filled(text("heading"), {
        query: found.meant || typed
      });
      showCorrection(typed);
      box.querySelector("[data-near]").hidden = !found.isRelaxed;
      box.querySelector("[data-nothing]").hidden = count > 0;
      return showMore(false).then(function () {
        box.removeAttribute("aria-busy");
        status.textContent = count
          ? filled(text(found.isCut ? "count-more" : "count"), { count: count })
          : text("none");
      });
    }

    this.ask = function (typed) {
      box.hidden = false;
      box.setAttribute("aria-busy", "true");
      status.textContent = text("busy");
      return search
        .find(typed, { isExact: parameter("exact") === "1", kind: parameter("kind") })
        .then((result) => show(result, typed));
    };
    more.addEventListener("click", function () {
      showMore(true);
    });
  }

  const box = document.querySelector("[data-offline-search]");
  const typed = parameter("q");
  document.querySelector("#search").value = typed;
  files.open(box.getAttribute("data-index")).then(function () {
    if (!files.isOpen()) {
      return; // the index did not come along; the page says where else to look
    }
    document.querySelector("[data-offline-unable]").hidden = true;
    if (typed) {
      new Results(box).ask(typed);
    }
  });
})();
