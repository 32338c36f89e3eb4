/* What was meant where letters were typed (qianxin) or another character of the same sound: words of
   the index that sound so. */
(function () {
  "use strict";

  const files = window.xiangfatong.files;
  const lookUp = window.xiangfatong.terms.lookUp;
  const LONGEST = 8; // characters; in a story everything sounds like something
  const LONGEST_WORD = 4;

  function soundFile(sound) {
    return "sounds/" + (files.placeOf(sound) % files.core().sounds).toString(16);
  }

  function readingFile(character) {
    return "readings/" + (character.codePointAt(0) % files.core().readings).toString(16);
  }

  function alike(sound) {
    const file = files.get(soundFile(sound));
    return (file && file[0][sound]) || [];
  }

  /* Letters that are no word: the whole of them, or each part. */
  function fromLetters(text) {
    const parts = text.split(/[\s']+/);
    const whole = parts.join("");
    return files.load([whole].concat(parts).map(soundFile)).then(function () {
      if (alike(whole).length) {
        return alike(whole)[0];
      }
      const found = parts.map((part) => alike(part)[0]);
      return found.every(Boolean) ? found.join("") : "";
    });
  }

  /* Rows of pieces that fell apart, where a pair of characters is in no entry. */
  function windows(asked) {
    const found = [];
    asked.pieces.forEach(function (first, place) {
      let text = "";
      let isApart = false;
      asked.pieces.slice(place).every(function (piece, further) {
        const before = asked.pieces[place + further - 1];
        if (further && before.end !== piece.start) {
          return false;
        }
        text += piece.text;
        isApart = isApart || piece.text.length === 1;
        if (isApart && text.length > 1 && text.length <= LONGEST_WORD && isUnheardOf(text)) {
          found.push({ text: text, start: first.start });
        }
        return text.length < LONGEST_WORD;
      });
    });
    return found.sort((one, other) => other.text.length - one.text.length);
  }

  function isUnheardOf(text) {
    return window.xiangfatong.words.pairs(text).some((pair) => !lookUp(pair));
  }

  function soundOf(text) {
    const letters = Array.from(text).map(function (character) {
      const file = files.get(readingFile(character));
      return (file && file[0][character]) || "?";
    });
    return letters.join("");
  }

  function fromCharacters(asked) {
    const candidates = windows(asked);
    const characters = [].concat.apply([], candidates.map((one) => Array.from(one.text)));
    return files
      .load(characters.map(readingFile))
      .then(() => files.load(candidates.map((one) => soundFile(soundOf(one.text)))))
      .then(function () {
        const slip = candidates.find((one) => alike(soundOf(one.text)).length);
        if (!slip) {
          return "";
        }
        const meant = alike(soundOf(slip.text))[0];
        const end = slip.start + slip.text.length;
        return asked.text.slice(0, slip.start) + meant + asked.text.slice(end);
      });
  }

  window.xiangfatong.spelling = {
    /* What to search for in place of what was typed; "" where nothing looks like a slip. */
    mend: function (asked) {
      const isKnown = asked.words.some((word) => lookUp(word));
      if (/^[a-z][a-z\s']+$/.test(asked.text)) {
        return isKnown ? Promise.resolve("") : fromLetters(asked.text);
      }
      return asked.text.length > LONGEST ? Promise.resolve("") : fromCharacters(asked);
    }
  };
})();
