/* The menu of a table in Chinese; Handsontable, as Wagtail brings it, has none. It is
   loaded after this file and used when the document has been read. */
(() => {
  "use strict";

  const WORDS = {
    CONTEXTMENU_ITEMS_ROW_ABOVE: "在上面插入一行",
    CONTEXTMENU_ITEMS_ROW_BELOW: "在下面插入一行",
    CONTEXTMENU_ITEMS_INSERT_LEFT: "在左边插入一列",
    CONTEXTMENU_ITEMS_INSERT_RIGHT: "在右边插入一列",
    CONTEXTMENU_ITEMS_REMOVE_ROW: "删除行",
    CONTEXTMENU_ITEMS_REMOVE_COLUMN: "删除列",
    CONTEXTMENU_ITEMS_UNDO: "撤销",
    CONTEXTMENU_ITEMS_REDO: "重做",
  };

  document.addEventListener("readystatechange", () => {
    const languages = window.Handsontable?.languages;
    if (document.readyState !== "interactive" || !languages) return;
    const words = { languageCode: document.documentElement.lang };
    for (const [name, word] of Object.entries(WORDS)) {
      words[languages.dictionaryKeys[name]] = word;
    }
    languages.registerLanguageDictionary(words);
  });
})();
