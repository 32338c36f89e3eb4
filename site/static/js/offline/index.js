/* The search index that lies beside the pages, for a search without a server.

   A folder of script files (search/offline/files.py), because a browser loads nothing else
   from a folder; each registers what it holds, and is loaded when a question needs it.
   Plain ES2015, no request of any other kind. */
(function () {
  "use strict";

  const ALPHABET = Array.from({ length: 92 }, function (_none, place) {
    return String.fromCharCode(35 + place);
  }).filter(function (sign) {
    return sign !== "\\";
  });
  const BASE = Math.floor(ALPHABET.length / 2);
  const VALUE = new Map(
    ALPHABET.map(function (sign, place) {
      return [sign, place];
    })
  );
  const loaded = new Map();
  const waiting = new Map();
  let root = "";

  // --- files -------------------------------------------------------------------------

  function load(name) {
    if (!waiting.has(name)) {
      waiting.set(
        name,
        new Promise(function (resolve) {
          const script = document.createElement("script");
          script.src = root + name + ".js";
          script.onload = script.onerror = function () {
            script.remove();
            if (!loaded.has(name)) {
              waiting.delete(name); // for another try, when there is a network
            }
            resolve();
          };
          document.head.appendChild(script);
        })
      );
    }
    return waiting.get(name);
  }

  function loadAll(names) {
    return Promise.all(Array.from(new Set(names)).map(load));
  }

  function core() {
    return loaded.get("core")[0];
  }

  function placeOf(term) {
    let value = 2166136261;
    const characters = Array.from(term);
    const isPlain = characters.slice(0, 2).some((character) => character < "\u0080");
    (isPlain ? characters : characters.slice(0, 2))
      .forEach(function (character) {
        value = Math.imul(value ^ character.codePointAt(0), 16777619) >>> 0;
      });
    return (value ^ (value >>> 15)) >>> 0;
  }

  function termFile(term) {
    return "terms/" + (placeOf(term) % core().files).toString(16);
  }

  // --- terms -------------------------------------------------------------------------

  const unpacked = new Map();

  /* The entries that hold a term: {isWord, count, inHeadings, entries: Map of id → …}. */
  function lookUp(term) {
    const file = loaded.get(termFile(term));
    if (file && !unpacked.has(term)) {
      unpacked.set(term, file[0][term] ? unpack(file[0][term]) : null);
    }
    return unpacked.get(term) || null;
  }

  function unpack(text) {
    const streams = text.split(" ");
    const isWord = streams[0].charAt(0) === "~";
    const counts = streams[0].slice(isWord ? 1 : 0).split(",");
    const entries = new Map();
    let inHeadings = 0;
    streams.slice(1).forEach(function (stream) {
      const letter = stream.charAt(0);
      let number = 0;
      let place = 1;
      while (place < stream.length) {
        let factor = 1;
        let value = VALUE.get(stream[place]);
        while (value >= BASE) {
          number += (value - BASE) * factor;
          factor *= BASE;
          place += 1;
          value = VALUE.get(stream[place]);
        }
        number += value * factor;
        let step = VALUE.get(stream[place + 1]);
        let heading = -1;
        if (step >= BASE) {
          step -= BASE;
          heading = VALUE.get(stream[place + 2]);
          inHeadings += 1;
        }
        place += heading < 0 ? 2 : 3;
        entries.set(letter + number, { text: scoreOf(step), heading: scoreOf(heading) });
      }
    });
    return {
      isWord: isWord,
      entries: entries,
      count: Number(counts[0]) || entries.size,
      inHeadings: Number(counts[1]) || inHeadings
    };
  }

  function scoreOf(step) {
    return step < 0 ? 0 : core().rules.least * Math.pow(core().rules.step, step);
  }

  function rarity(count) {
    return Math.log(1 + (Math.max(core().entries - count, 0) + 0.5) / (count + 0.5));
  }

  /* Adds what the entries with a term score to ``sums``, times ``weight``. */
  function addScores(sums, term, weight) {
    const found = lookUp(term);
    if (!found) {
      return;
    }
    const inText = weight * rarity(found.count);
    const inHeading = weight * core().rules.heading * rarity(found.inHeadings);
    found.entries.forEach(function (entry, id) {
      const score = inText * entry.text + inHeading * entry.heading;
      sums.set(id, (sums.get(id) || 0) + score);
    });
  }

  window.xiangfatong = {
    /* What every file of the index calls. */
    index: function (name) {
      loaded.set(name, Array.prototype.slice.call(arguments, 1));
    },
    files: {
      open: function (folder) {
        root = folder;
        return load("core");
      },
      load: loadAll,
      core: core,
      isOpen: function () {
        return loaded.has("core");
      },
      get: function (name) {
        return loaded.get(name);
      },
      placeOf: placeOf,
      termFile: termFile
    },
    terms: { lookUp: lookUp, addScores: addScores }
  };
})();
