/* What answers a question, and in which order; as search/service.py and ordering.py. */
(function () {
  "use strict";

  const files = window.xiangfatong.files;
  const terms = window.xiangfatong.terms;
  const question = window.xiangfatong.question;
  const spelling = window.xiangfatong.spelling;
  const words = window.xiangfatong.words;
  const CANDIDATES = 50;
  const MOST_COMPARED = 6;
  const STORY = 2; // concepts; of more the words decide, of fewer the kind
  const LAW_WORD = 0.8; // what the pairs inside a long word add, each

  function kindOf(id) {
    return files.core().kinds.find((kind) => kind[0] === id.charAt(0));
  }

  // --- scores --------------------------------------------------------------------------

  function scores(asked) {
    const sums = new Map();
    const own = new Set(asked.words);
    asked.words.forEach((word) => terms.addScores(sums, word, 1));
    asked.pairs.forEach(function (pair) {
      // The number of a word of two characters holds what its pair adds.
      if (!own.has(pair)) {
        const found = terms.lookUp(pair);
        terms.addScores(sums, pair, found && found.isWord ? 0.5 : 1);
      }
    });
    asked.concepts.forEach((concept) => addBest(sums, concept.others));
    sums.forEach((score, id) => sums.set(id, score * kindOf(id)[4]));
    return sums;
  }

  /* Of the law's words for one of the reader's the best counts, of the others a share. */
  function addBest(sums, others) {
    const tie = files.core().rules.tie;
    const best = new Map();
    others.forEach(function (other) {
      const own = new Map();
      other.words.forEach(function (word) {
        const inner = word.length > 2 ? 1 + LAW_WORD * (word.length - 1) : 1;
        terms.addScores(own, word, (inner * other.weight) / other.words.length);
      });
      own.forEach(function (score, id) {
        const before = best.get(id) || { most: 0, sum: 0 };
        best.set(id, { most: Math.max(before.most, score), sum: before.sum + score });
      });
    });
    best.forEach(function (found, id) {
      const score = found.most + tie * (found.sum - found.most);
      sums.set(id, (sums.get(id) || 0) + score);
    });
  }

  function holds(id, all) {
    return all.length > 0 && all.every(function (term) {
      const found = terms.lookUp(term);
      return found && found.entries.has(id);
    });
  }

  function conceptsIn(id, asked) {
    return asked.concepts.filter(function (concept) {
      const own = concept.pairs.length ? concept.pairs : [concept.text];
      return holds(id, own) || concept.others.some((other) => holds(id, other.words));
    }).length;
  }

  function required(asked) {
    const rules = files.core().rules;
    const rule = asked.isSentence ? rules.sentence : rules.keywords;
    const count = asked.concepts.length;
    return count <= rule[0] ? count : Math.max(rule[0], Math.ceil(count * rule[1]));
  }

  // --- order ---------------------------------------------------------------------------

  function cardFile(id) {
    const number = Math.floor(Number(id.slice(1)) / files.core().cards);
    return "cards/" + kindOf(id)[3] + "-" + number.toString(16);
  }

  function card(id) {
    const file = files.get(cardFile(id));
    return (file && file[0][id.slice(1)]) || null;
  }

  function likeness(one, other) {
    const first = new Set(parts(one));
    const second = new Set(parts(other));
    const both = Array.from(first).filter((part) => second.has(part)).length;
    if (one === other) {
      return 1;
    }
    return first.size && second.size ? (2 * both) / (first.size + second.size) : 0;
  }

  function parts(wording) {
    return [].concat.apply([], words.runs(wording).map(function (run) {
      return run.kind === "han" ? words.pairs(run.text) : [run.text];
    }));
  }

  /* A question that was asked in nearly the same words goes to the top. */
  function lift(asked, hits) {
    const asking = parts(asked.wording);
    const headings = new Map();
    asking.forEach(function (part) {
      const found = terms.lookUp(part);
      (found ? found.entries : new Map()).forEach(function (entry, id) {
        if (entry.heading) {
          const before = headings.get(id) || { count: 0, sum: 0 };
          headings.set(id, { count: before.count + 1, sum: before.sum + entry.heading });
        }
      });
    });
    const likely = hits.filter(function (hit) {
      const heading = headings.get(hit.id);
      return kindOf(hit.id)[5] && heading && heading.count >= asking.length / 3;
    }).sort(function (one, other) {
      return headings.get(other.id).sum - headings.get(one.id).sum || (one.id < other.id ? -1 : 1);
    }).slice(0, MOST_COMPARED);
    return files.load(likely.map((hit) => cardFile(hit.id))).then(function () {
      const best = hits.length ? hits[0].score : 0;
      likely.forEach(function (hit) {
        const found = card(hit.id);
        const wordings = found ? [found[1]].concat(found[5] || []) : [];
        const nearest = Math.max.apply(null, [0].concat(wordings.map(function (text) {
          return likeness(asked.wording, question.wording(text));
        })));
        if (nearest >= files.core().rules.alike) {
          hit.score += best * nearest;
        }
      });
      return byScore(hits);
    });
  }

  function byScore(hits) {
    return hits.sort(function (one, other) {
      return other.score - one.score || (one.id < other.id ? -1 : 1);
    });
  }

  function byKindInBands(asked, hits) {
    const share = files.core().rules.bands[asked.concepts.length > STORY ? 1 : 0];
    const bands = [];
    hits.slice(0, CANDIDATES).forEach(function (hit) {
      const band = bands[bands.length - 1];
      if (band && hit.score >= band[0].score * (1 - share)) {
        band.push(hit);
      } else {
        bands.push([hit]);
      }
    });
    bands.forEach(function (band) {
      band.forEach((hit, place) => { hit.place = place; });
      band.sort(function (one, other) {
        return one.id.charCodeAt(0) - other.id.charCodeAt(0) || one.place - other.place;
      });
    });
    return [].concat.apply([], bands).concat(hits.slice(CANDIDATES));
  }

  /* Whether more entries hold a term than the index lists. */
  function isCut(asked) {
    return asked.words.concat(asked.pairs).some(function (term) {
      const found = terms.lookUp(term);
      return found && found.count > found.entries.size;
    });
  }

  function find(asked, kind) {
    const needed = required(asked);
    const all = Array.from(scores(asked), (found) => ({ id: found[0], score: found[1] })).filter(
      (hit) => !kind || kindOf(hit.id)[1] === kind
    );
    const strict = all.filter((hit) => conceptsIn(hit.id, asked) >= needed);
    const isRelaxed = !strict.length;
    return lift(asked, byScore(isRelaxed ? all : strict)).then(function (hits) {
      return {
        asked: asked,
        hits: byKindInBands(asked, hits),
        isRelaxed: isRelaxed && hits.length > 0,
        isCut: isCut(asked)
      };
    });
  }

  window.xiangfatong.search = {
    /* {asked, hits: [{id, score}], isRelaxed, isCut, meant}; ``meant`` is what was
       searched for in place of a slip, or "". Options: isExact, kind. */
    find: function (typed, options) {
      return question.read(typed).then(function (asked) {
        return (options.isExact ? Promise.resolve("") : spelling.mend(asked)).then(function (meant) {
          const reading = meant ? question.read(meant) : Promise.resolve(asked);
          return reading.then((read) => find(read, options.kind)).then(function (found) {
            return Object.assign(found, { meant: meant });
          });
        });
      });
    },
    /* The cards of some hits: {kind, label, title, path, summary, day}. */
    cards: function (hits) {
      return files.load(hits.map((hit) => cardFile(hit.id))).then(function () {
        return hits.map(function (hit) {
          const found = card(hit.id);
          const kind = kindOf(hit.id);
          return found && {
            kind: kind[1], label: kind[2], title: found[1], path: found[2],
            summary: found[3] || "", day: found[4] || ""
          };
        }).filter(Boolean);
      });
    }
  };
})();
