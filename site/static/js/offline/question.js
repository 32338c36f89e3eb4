/* What a question asks for: concepts, and the terms that stand for them; as
   search/query_analysis.py has it. Words are found by what the index calls a word. */
(function () {
  "use strict";

  const files = window.xiangfatong.files;
  const lookUp = window.xiangfatong.terms.lookUp;
  const words = window.xiangfatong.words;
  const LONGEST_WORD = 9;
  const MOST_KEYWORDS = 3;
  const MOST_CONCEPTS = 40;
  // What one question may load, in files of terms.
  const MOST_PAIRS = 32;
  const MOST_OTHERS = 16;
  // How likely a word is where the index does not say: chances of one in so many.
  const CHANCE_OF_STOP_WORD = 5;
  const CHANCE_OF_CHARACTER = 60;
  const LEAST_CHANCE = 800;

  let stopWords = null;

  function isStopWord(text) {
    if (!stopWords) {
      stopWords = new Set(files.core().stop.split(" "));
    }
    return stopWords.has(text);
  }

  /* The terms to look for before it is known which of them are words: pairs outside of
     what says nothing (zenme ban). */
  function firstTerms(text) {
    const found = [];
    words.runs(text).forEach(function (run) {
      if (run.kind !== "han") {
        found.push(run.text);
        return;
      }
      const idle = idlePlaces(run.text);
      if (run.text.length === 1) {
        found.push(run.text);
      }
      for (let place = 0; place + 1 < run.text.length; place += 1) {
        const isIdle = idle[place] || idle[place + 1];
        const areParticles = isStopWord(run.text[place]) && isStopWord(run.text[place + 1]);
        if (!isIdle && !areParticles) {
          found.push(run.text.substr(place, 2));
        }
      }
    });
    words.quantities(text).forEach(function (quantity) {
      found.push(quantity.words[0]);
    });
    return found.slice(0, MOST_PAIRS);
  }

  /* Which characters belong to a stop word of more than one; never all of them. */
  function idlePlaces(text) {
    const idle = [];
    for (let place = 0; place < text.length; place += 1) {
      for (let length = 6; length > 1; length -= 1) {
        if (place + length <= text.length && isStopWord(text.substr(place, length))) {
          for (let inner = place; inner < place + length; inner += 1) {
            idle[inner] = true;
          }
          place += length - 1;
          break;
        }
      }
    }
    return idle.filter(Boolean).length === text.length ? [] : idle;
  }

  // --- words ---------------------------------------------------------------------------

  /* What a word costs; 0 where it is none. The cheapest way through is the likeliest. */
  function cost(word) {
    if (isStopWord(word)) {
      return Math.log(CHANCE_OF_STOP_WORD);
    }
    if (word.length === 1) {
      return Math.log(CHANCE_OF_CHARACTER);
    }
    const found = lookUp(word);
    if (!found || !(found.isWord || word.length > 2)) {
      return 0;
    }
    return Math.log(Math.min(LEAST_CHANCE, 1 + files.core().entries / found.count));
  }

  function cut(text) {
    const best = [{ cost: 0, length: 0 }];
    for (let end = 1; end <= text.length; end += 1) {
      for (let length = 1; length <= Math.min(end, LONGEST_WORD); length += 1) {
        const own = cost(text.substr(end - length, length));
        const sum = best[end - length].cost + own;
        if ((own || length === 1) && (!best[end] || sum < best[end].cost)) {
          best[end] = { cost: sum, length: length };
        }
      }
    }
    const found = [];
    for (let end = text.length; end > 0; end -= best[end].length) {
      found.unshift(text.substr(end - best[end].length, best[end].length));
    }
    return found;
  }

  function pieces(text) {
    const numbers = words.quantities(text);
    const found = [];
    let from = 0;
    numbers.concat([{ text: "", start: text.length, end: text.length }]).forEach(function (number) {
      words.runs(text.slice(from, number.start)).forEach(function (run) {
        let place = from + run.start;
        (run.kind === "han" ? cut(run.text) : [run.text]).forEach(function (word) {
          const inner = run.kind === "han" ? words.pairs(word) : [word];
          found.push(piece(word, place, [word], inner));
          place += word.length;
        });
      });
      if (number.text) {
        found.push(piece(number.text, number.start, number.words, number.words));
      }
      from = number.end;
    });
    return found;
  }

  function piece(text, start, own, inner) {
    return { text: text, start: start, end: start + text.length, words: own, pairs: inner };
  }

  // --- concepts ------------------------------------------------------------------------

  function layEntry(phrase) {
    const file = phrase.length === 1 ? null : files.get(files.termFile(phrase));
    return (file ? file[1][phrase] : files.core().lay[phrase]) || null;
  }

  /* Phrases of villagers in the question, the longest first where they overlap. */
  function layPhrases(text, all) {
    const found = [];
    for (let place = 0; place < text.length; place += 1) {
      for (let length = files.core().longest; length > 0; length -= 1) {
        const phrase = text.substr(place, length);
        const isWhole = length > 1 || all.some(function (one) {
          return one.start === place && one.text === phrase;
        });
        if (phrase.length === length && isWhole && layEntry(phrase)) {
          found.push(piece(phrase, place, [], words.pairs(phrase)));
          place += length - 1;
          break;
        }
      }
    }
    return found;
  }

  function otherWords(phrase) {
    const weights = new Map();
    for (let place = 0; place < phrase.length; place += 1) {
      for (let length = phrase.length - place; length > 1 || length === phrase.length; length -= 1) {
        (layEntry(phrase.substr(place, length)) || []).forEach(function (other) {
          weights.set(other[0], Math.max(other[1], weights.get(other[0]) || 0));
        });
      }
    }
    return Array.from(weights).map(function (other) {
      return { words: other[0].split("/"), weight: other[1] / 100 };
    });
  }

  function concepts(text, kept) {
    const phrases = layPhrases(text, kept);
    const free = kept.filter(function (one) {
      return !phrases.some(function (phrase) {
        return phrase.start <= one.start && one.end <= phrase.end;
      });
    });
    const seen = new Set();
    return free
      .map(function (one) {
        return { text: one.text, start: one.start, pairs: one.pairs, others: [] };
      })
      .concat(
        phrases.map(function (phrase) {
          return {
            text: phrase.text,
            start: phrase.start,
            pairs: phrase.pairs,
            others: otherWords(phrase.text)
          };
        })
      )
      .sort(function (one, other) {
        return one.start - other.start;
      })
      .filter(function (concept) {
        return !seen.has(concept.text) && seen.add(concept.text);
      })
      .slice(0, MOST_CONCEPTS);
  }

  function understand(text) {
    const all = pieces(text);
    const said = all.filter(function (one) {
      return !isStopWord(one.text);
    });
    const kept = said.length ? said : all;
    const found = concepts(text, kept);
    const hasLay = found.some(function (concept) {
      return concept.others.length;
    });
    const isLong = found.length > MOST_KEYWORDS && !/\s/.test(text);
    return {
      text: text,
      wording: wording(text),
      pieces: kept,
      concepts: found,
      words: unique(kept.map((one) => one.words)),
      pairs: unique(kept.map((one) => one.pairs).concat(touchingPairs(text, kept))),
      isSentence: kept.length < all.length || hasLay || isLong
    };
  }

  function touchingPairs(text, kept) {
    return kept.slice(1).map(function (one, place) {
      const pair = kept[place].end === one.start ? text.substr(one.start - 1, 2) : "";
      return pair && Array.from(pair).every(words.isHan) ? [pair] : [];
    });
  }

  function unique(lists) {
    return Array.from(new Set([].concat.apply([], lists)));
  }

  /* What two ways to write one question share. */
  function wording(text) {
    const letters = words.runs(text).map((run) => run.text).join("");
    return letters.replace(/[\u5417\u5462\u554a\u5440\u5427]+$/, "") || letters;
  }

  /* The words of the law to look for, the best first. */
  function otherTerms(asked) {
    const weights = new Map();
    asked.concepts.forEach(function (concept) {
      if (concept.text.length === 1) {
        weights.set(concept.text, 1);
      }
      concept.others.forEach(function (other) {
        other.words.forEach(function (word) {
          weights.set(word, Math.max(weights.get(word) || 0, other.weight));
        });
      });
    });
    const fresh = Array.from(weights).filter(function (one) {
      return !files.get(files.termFile(one[0]));
    });
    fresh.sort((one, other) => other[1] - one[1]);
    return fresh.slice(0, MOST_OTHERS).map((one) => one[0]);
  }

  window.xiangfatong.question = {
    /* From what was typed to concepts; loads the files of terms on the way. */
    read: function (typed) {
      let text = "";
      return files
        .load(words.foldFiles(typed))
        .then(function () {
          text = words.fold(typed);
          return files.load(firstTerms(text).map(files.termFile));
        })
        .then(function () {
          const asked = understand(text);
          return files.load(otherTerms(asked).map(files.termFile)).then(() => asked);
        });
    },
    wording: function (text) {
      return wording(words.fold(text));
    }
  };
})();
