/* Says in time that the log-in will end for want of work, and when it has ended, so that
   nothing is lost: what is in the form stays, and after a log-in in another window the
   form can be sent. Without this script the server ends the log-in all the same. */
(() => {
  "use strict";

  const words = document.currentScript.dataset;
  // Nobody is logged in here.
  if (document.body?.classList.contains("login")) return;

  const WARNING = 180; // seconds before the end
  const LOOK = 60_000; // another window may have gone on working

  let user = null;
  let note = null;

  const show = (text, ...controls) => {
    note ??= document.body.appendChild(document.createElement("div"));
    note.className = "session-note";
    note.setAttribute("role", "alert");
    note.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
    note.append(...controls);
  };

  const hide = () => {
    note?.remove();
    note = null;
  };

  const ask = async (method) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    const response = await fetch(words.session, {
      method,
      headers: method === "POST" && token ? { "X-CSRFToken": token } : {},
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };

  const useToken = (token) => {
    // A log-in makes the tokens of open forms worthless.
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      field.value = token;
    }
  };

  const stay = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = words.stay;
    button.addEventListener("click", () => look("POST"));
    return button;
  };

  const again = () => {
    const link = document.createElement("a");
    link.className = "button button-small";
    link.href = words.login;
    link.target = "_blank";
    link.rel = "opener";
    link.textContent = words.again;
    return link;
  };

  let timer = 0;
  let hasEnded = false;

  const look = async (method = "GET") => {
    window.clearTimeout(timer);
    try {
      const { left, user: now, token } = await ask(method);
      if (left <= 0) {
        if (user !== null) {
          hasEnded = true;
          show(words.over, again());
        }
      } else if (user !== null && now !== user) {
        show(words.other);
      } else {
        user = now;
        useToken(token);
        if (hasEnded) {
          hasEnded = false;
          show(words.done);
        } else if (left <= WARNING) {
          show(words.soon.replace("{minutes}", String(Math.ceil(left / 60))), stay());
        } else {
          hide();
        }
      }
    } catch {
      // No network just now: it is asked again.
    }
    timer = window.setTimeout(look, LOOK);
  };

  const begin = () => look();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  window.addEventListener("focus", () => {
    if (hasEnded) look();
  });
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
