/* How a question is written: folding, scripts, numbers; as search/folding.py, analysis.py
   and numerals.py have it. */
(function () {
  "use strict";

  const files = window.xiangfatong.files;
  const LONGEST_QUERY = 200;
  // Characters of GB 2312 that have a simpler form nevertheless.
  const ALSO_TRADITIONAL = ["乾", "著", "瞭", "徵", "藉"];

  function isHan(character) {
    const code = character.codePointAt(0);
    return (
      (code >= 0x3400 && code <= 0x9fff) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      code >= 0x20000 ||
      code === 0x3007
    );
  }

  function isLetter(character) {
    const code = character.codePointAt(0);
    if (/[0-9]/.test(character) || character.toLowerCase() !== character.toUpperCase()) {
      return true;
    }
    // Other scripts, without their signs between words.
    return (
      code > 0x2ff &&
      !(code >= 0x2000 && code <= 0x33ff && code !== 0x3007) &&
      !(code >= 0xfe00) &&
      !/[\u060c\u061b\u061f\u06d4\u0f0b-\u0f14\u1800-\u180a]/.test(character)
    );
  }

  /* Full width, capitals and traditional characters; the last only where the browser has
     met one, for their files are large. */
  function fold(text) {
    return foldAll(text.slice(0, LONGEST_QUERY)).trim();
  }

  function foldAll(text) {
    const plain = Array.from(text.normalize("NFKC"))
      .map(function (character) {
        const table = isHan(character) && files.get(foldFile(character));
        return (table && table[0][character]) || character;
      })
      .join("");
    return plain.replace(/[\u00ad\u200b\u2060\ufeff]/g, "").toLowerCase();
  }

  function foldFile(character) {
    return "folds/" + (character.codePointAt(0) % files.core().folds).toString(16);
  }

  let simplified = null;

  /* The characters of GB 2312, which the browser can list itself. */
  function isUsual(character) {
    if (!simplified) {
      simplified = new Set();
      if (window.TextDecoder) {
        const bytes = new Uint8Array(2 * 72 * 94);
        for (let place = 0; place < 72 * 94; place += 1) {
          bytes[2 * place] = 0xb0 + Math.floor(place / 94);
          bytes[2 * place + 1] = 0xa1 + (place % 94);
        }
        simplified = new Set(new TextDecoder("gbk").decode(bytes));
        ALSO_TRADITIONAL.forEach(function (character) {
          simplified.delete(character);
        });
      }
    }
    return simplified.has(character);
  }
  function pairs(text) {
    const characters = Array.from(text);
    return characters.slice(1).map(function (character, place) {
      return characters[place] + character;
    });
  }

  /* Stretches of one script, with their place. */
  function runs(text) {
    const found = [];
    let place = 0;
    Array.from(text).forEach(function (character) {
      const kind = isHan(character) ? "han" : isLetter(character) ? "letters" : "";
      const last = found[found.length - 1];
      if (kind && last && last.kind === kind && last.end === place) {
        last.text += character;
        last.end += character.length;
      } else if (kind) {
        found.push({ kind: kind, text: character, start: place, end: place + character.length });
      }
      place += character.length;
    });
    return found;
  }

  // --- numbers: 第四十六条 is 第46条 (search/numerals.py) --------------------------------

  const DIGITS = "零一二三四五六七八九";
  const UNITS = { 十: 10, 百: 100, 千: 1000 };
  const MEASURES = {
    个月: "个月", 周岁: "岁", 小时: "小时", 分钟: "分钟", 平方米: "平方米", 块钱: "元",
    年: "年", 月: "月", 日: "日", 天: "日", 周: "周", 岁: "岁", 倍: "倍", 元: "元", 块: "元",
    亩: "亩", 条: "条", 款: "款", 项: "项", 编: "编", 章: "章", 节: "节"
  };
  const CHINESE = "[零〇一二两三四五六七八九十百千万]";
  const QUANTITY = new RegExp(
    "百分之(?:(" + CHINESE + "{1,20})|([0-9]{1,12}))|([0-9]{1,12}(?:\\.[0-9]{1,12})?)%" +
      "|(第)?(?:(" + CHINESE + "{1,20})|([0-9]{1,12}(?:\\.[0-9]{1,12})?)(万)?)" +
      "(" + Object.keys(MEASURES).join("|") + ")(?:之([一二三四五六七八九十]{1,12}|[0-9]{1,12}))?",
    "g"
  );

  function numberOf(text) {
    const parts = text.replace(/〇/g, "零").replace(/两/g, "二").split("万");
    if (parts.length > 2) {
      return null;
    }
    const values = parts.map(function (part) {
      return /^[0-9]+$/.test(part) ? Number(part) : smallNumber(part);
    });
    if (values.indexOf(null) >= 0) {
      return null;
    }
    return values.length === 2 ? values[0] * 10000 + values[1] : values[0];
  }

  function smallNumber(text) {
    let sum = 0;
    let digit = -1;
    for (const sign of text) {
      if (UNITS[sign]) {
        sum += (digit < 0 ? 1 : digit) * UNITS[sign];
        digit = -1;
      } else if (sign === "零") {
        digit = digit < 0 ? -1 : null;
      } else {
        if (digit === null || digit >= 0) {
          return null;
        }
        digit = DIGITS.indexOf(sign);
      }
    }
    return sum + Math.max(digit, 0);
  }

  function quantities(text) {
    const found = [];
    let match;
    QUANTITY.lastIndex = 0;
    while ((match = QUANTITY.exec(text))) {
      const form = quantityForm(match);
      const before = text.charAt(match.index - 1);
      const isTorn = new RegExp(/[0-9]/.test(match[6] || match[3]) ? "[0-9]" : CHINESE).test(before);
      if (form && !(isTorn && !match[4])) {
        found.push({ text: match[0], start: match.index, end: QUANTITY.lastIndex, words: [form] });
      }
    }
    return found;
  }

  function quantityForm(match) {
    if (match[3]) {
      return Number(match[3]) + "%";
    }
    if (match[1] || match[2]) {
      const share = numberOf(match[1] || match[2]);
      return share === null ? "" : share + "%";
    }
    const value = match[6] ? Number(match[6]) * (match[7] ? 10000 : 1) : numberOf(match[5]);
    if (value === null) {
      return "";
    }
    const inserted = match[9] ? "之" + numberOf(match[9]) : "";
    return (match[4] || "") + value + MEASURES[match[8]] + inserted;
  }

  window.xiangfatong.words = {
    isHan: isHan,
    fold: fold,
    foldAll: foldAll,
    foldFiles: function (text) {
      return Array.from(text.slice(0, LONGEST_QUERY))
        .filter(function (character) {
          return isHan(character) && !isUsual(character);
        })
        .map(foldFile);
    },
    pairs: pairs,
    runs: runs,
    quantities: quantities
  };
})();
