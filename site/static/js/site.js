/* What a page can do beyond being read: type size, read aloud, share, print, a direct
   way from the index of a statute to its provision. Every button is in the page,
   hidden, and shown only where it works. No module and no request: runs from a folder. */
(function () {
  "use strict";

  var root = document.documentElement;
  var SIZES = ["small", "medium", "large", "elder"];
  var STORAGE_KEY = "xiangfatong-size";

  function storedSize() {
    try {
      return window.localStorage.getItem(STORAGE_KEY) || "medium";
    } catch (error) {
      return "medium"; // storage is switched off
    }
  }

  function applySize(size) {
    root.setAttribute("data-size", SIZES.indexOf(size) < 0 ? "medium" : size);
  }

  function storeSize(size) {
    try {
      window.localStorage.setItem(STORAGE_KEY, size);
    } catch (error) {
      return; // the size then holds for this page only
    }
  }

  // At once, before the first paint, so that the page does not jump.
  applySize(storedSize());

  function all(selector, parent) {
    return Array.prototype.slice.call((parent || document).querySelectorAll(selector));
  }

  function setPressed(button, isPressed) {
    button.setAttribute("aria-pressed", String(isPressed));
  }

  function onClick(selector, action) {
    all(selector).forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function (event) {
        action(button, event);
      });
    });
  }

  function announce(text) {
    all("[data-tools-status]").forEach(function (status) {
      status.textContent = text;
    });
  }

  // --- type size -------------------------------------------------------------------

  function showSize() {
    var size = root.getAttribute("data-size");
    all("button[data-size]").forEach(function (button) {
      setPressed(button, button.getAttribute("data-size") === size);
    });
    all("[data-action=elder]").forEach(function (button) {
      setPressed(button, size === "elder");
    });
  }

  function chooseSize(size) {
    applySize(size);
    storeSize(size);
    showSize();
  }

  function setUpSizes() {
    onClick("button[data-size]", function (button) {
      chooseSize(button.getAttribute("data-size"));
    });
    onClick("[data-action=elder]", function () {
      chooseSize(root.getAttribute("data-size") === "elder" ? "medium" : "elder");
    });
    showSize();
  }

  // --- print -----------------------------------------------------------------------

  function setUpPrinting() {
    var opened = [];
    window.addEventListener("beforeprint", function () {
      opened = all("details:not([open])", document.getElementById("content"));
      opened.forEach(function (details) {
        details.open = true;
      });
    });
    window.addEventListener("afterprint", function () {
      opened.forEach(function (details) {
        details.open = false;
      });
    });
    if (window.print) {
      onClick("[data-action=print]", function () {
        window.print();
      });
    }
  }

  // --- share -----------------------------------------------------------------------

  function pageAddress() {
    var canonical = document.querySelector("link[rel=canonical]");
    return canonical ? canonical.href : window.location.href;
  }

  function copy(text) {
    var field = document.createElement("textarea");
    field.value = text;
    document.body.appendChild(field);
    field.select();
    var isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }

  function share(button) {
    if (navigator.share) {
      navigator.share({ title: document.title, url: pageAddress() }).catch(
        function () {} // the reader changed their mind
      );
    } else if (copy(pageAddress())) {
      var done = button.getAttribute("data-label-done");
      button.querySelector("[data-label]").textContent = done;
      announce(done);
      button.focus();
    }
  }

  function setUpSharing() {
    // The address of a file on a stick means nothing to anybody else.
    var hasAddress = pageAddress().indexOf("file:") !== 0;
    if (hasAddress && (navigator.share || document.execCommand)) {
      onClick("[data-action=share]", share);
    }
  }

  // --- read aloud --------------------------------------------------------------------

  var READABLE = "h1, h2, h3, h4, p, li, dt, dd, td, th, blockquote, figcaption";

  /* Pieces of text, each read as one utterance: engines break off in long ones. */
  function piecesToRead() {
    var pieces = [];
    all("[data-read]").forEach(function (part) {
      var inner = all(READABLE, part).filter(function (element) {
        return !element.querySelector(READABLE) && !element.closest("details:not([open])");
      });
      pieces = pieces.concat(inner.length ? inner : [part]);
    });
    return pieces.filter(function (element) {
      return element.textContent.trim();
    });
  }

  function voiceFor(language) {
    var wanted = language.split("-")[0].toLowerCase();
    return window.speechSynthesis.getVoices().filter(function (voice) {
      return voice.lang.split(/[-_]/)[0].toLowerCase() === wanted;
    })[0];
  }

  function Reader(button, voice) {
    var label = button.querySelector("[data-label]");
    var texts = [label.textContent, button.getAttribute("data-label-on")];
    var current = null;
    var run = 0;

    function mark(element) {
      if (current) {
        current.classList.remove("is-read-aloud");
      }
      current = element;
      if (element) {
        element.classList.add("is-read-aloud");
        element.scrollIntoView({ block: "nearest" });
      }
    }

    function show(isOn) {
      setPressed(button, isOn);
      label.textContent = texts[isOn ? 1 : 0];
    }

    function stop() {
      run += 1;
      window.speechSynthesis.cancel();
      mark(null);
      show(false);
    }

    function read(pieces, index, ownRun) {
      if (ownRun !== run) {
        return;
      }
      if (index === pieces.length) {
        stop();
        return;
      }
      var utterance = new SpeechSynthesisUtterance(pieces[index].textContent.trim());
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      utterance.onend = utterance.onerror = function () {
        read(pieces, index + 1, ownRun);
      };
      mark(pieces[index]);
      window.speechSynthesis.speak(utterance);
    }

    return function toggle() {
      if (button.getAttribute("aria-pressed") === "true") {
        stop();
      } else {
        stop();
        show(true);
        read(piecesToRead(), 0, run);
      }
    };
  }

  function setUpReading() {
    var button = document.querySelector("[data-action=read]");
    if (!button || !window.speechSynthesis || !document.querySelector("[data-read]")) {
      return;
    }
    var toggle = null;
    function offer() {
      var voice = voiceFor(root.lang);
      if (voice && !toggle) {
        toggle = Reader(button, voice);
        onClick("[data-action=read]", toggle);
      }
    }
    offer();
    // Voices arrive late, and again whenever the system changes them.
    if (window.speechSynthesis.addEventListener) {
      window.speechSynthesis.addEventListener("voiceschanged", offer);
    }
    window.addEventListener("pagehide", function () {
      window.speechSynthesis.cancel();
    });
  }

  // --- groups of pictures ------------------------------------------------------------

  /* The links lead to the large files; where the browser has dialogs, they stay here. */
  function setUpGallery(gallery) {
    var dialog = gallery.querySelector("dialog");
    var links = all("[data-large]", gallery);
    var picture = gallery.querySelector("[data-lightbox-picture]");
    var caption = gallery.querySelector("[data-lightbox-caption]");
    var shown = 0;

    function show(index) {
      shown = (index + links.length) % links.length;
      var text = links[shown].parentNode.querySelector("figcaption");
      var image = new Image();
      image.src = links[shown].href;
      image.alt = links[shown].querySelector("img").alt;
      picture.replaceChildren(image);
      caption.textContent = text ? text.textContent : image.alt;
    }

    if (!dialog.showModal || !picture.replaceChildren) {
      return;
    }
    links.forEach(function (link, index) {
      link.addEventListener("click", function (event) {
        event.preventDefault();
        show(index);
        dialog.showModal();
      });
    });
    all("[data-lightbox-step]", dialog).forEach(function (button) {
      button.addEventListener("click", function () {
        show(shown + Number(button.getAttribute("data-lightbox-step")));
      });
    });
    dialog.addEventListener("keydown", function (event) {
      var steps = { ArrowLeft: -1, ArrowRight: 1 };
      if (steps[event.key]) {
        show(shown + steps[event.key] * (root.dir === "rtl" ? -1 : 1));
      }
    });
    dialog.querySelector("[data-lightbox-close]").addEventListener("click", function () {
      dialog.close();
    });
  }

  // --- films ---------------------------------------------------------------------------

  /* From a folder a browser refuses to read captions: the words stand open instead.
     Before it tries, so while the page is being read. */
  function doWithoutCaptions() {
    if (window.location.protocol !== "file:" || !window.MutationObserver) {
      return;
    }
    var watching = new MutationObserver(function () {
      all("track[src]").forEach(function (track) {
        track.remove();
      });
    });
    watching.observe(root, { childList: true, subtree: true });
    document.addEventListener("DOMContentLoaded", function () {
      watching.disconnect();
      all(".video__text").forEach(function (words) {
        words.open = true;
      });
    });
  }

  doWithoutCaptions();

  // --- small conveniences ------------------------------------------------------------

  /* A short address such as /laws/minfadian/#t1046 leads on to the part that holds it. */
  function followProvision() {
    var name = decodeURIComponent(window.location.hash.slice(1));
    var link = name && document.getElementById(name);
    if (link && link.href && link.closest("[data-provision-index]")) {
      window.location.replace(link.href);
    }
  }

  function setUpBack() {
    if (window.history.length > 1) {
      all("[data-action=back]").forEach(function (link) {
        link.addEventListener("click", function (event) {
          event.preventDefault();
          window.history.back();
        });
      });
    }
  }

  function showCurrentMenuItem() {
    var current = document.querySelector(".menu [aria-current]");
    var list = current && current.closest("ul");
    if (list && list.scrollWidth > list.clientWidth) {
      list.scrollLeft = current.offsetLeft - list.offsetLeft - list.clientWidth / 3;
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    followProvision();
    window.addEventListener("hashchange", followProvision);
    all("[data-tools]").forEach(function (tools) {
      tools.hidden = false;
    });
    setUpSizes();
    setUpPrinting();
    setUpSharing();
    setUpReading();
    setUpBack();
    all("[data-gallery]").forEach(setUpGallery);
    showCurrentMenuItem();
  });
})();
