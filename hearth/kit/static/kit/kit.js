/* What a browser can add. Every page works without it. */
(() => {
  "use strict";
  const said = document.currentScript.dataset;
  const root = document.documentElement;

  const kept = (store, key) => { try { return store.getItem(key); } catch { return null; } };
  const keep = (store, key, value) => {
    try { value === null ? store.removeItem(key) : store.setItem(key, value); } catch { /* private mode */ }
  };

  /* Hide names: before the first name is drawn. */
  const namesHidden = () => kept(sessionStorage, "hide-names") === "1";
  const drawNames = () => {
    root.toggleAttribute("data-hide-names", namesHidden());
    if (document.body) document.body.toggleAttribute("data-hide-names", namesHidden());
    for (const button of document.querySelectorAll("[data-hide-names-toggle]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(namesHidden()));
    }
  };
  drawNames();

  /* htmx: every request that writes carries the token. */
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
  });

  /* What a person typed in a form, without secrets and files. */
  const skip = new Set(["password", "file", "hidden", "submit", "button"]);
  const fields = (form) => [...form.elements].filter((field) => field.name && !skip.has(field.type));
  const typed = (form) => fields(form).map((field) => [
    field.name,
    /checkbox|radio/.test(field.type) ? `${field.value}\u0000${field.checked}` : field.value,
  ]);
  const fill = (form, values) => {
    const rest = [...values];
    for (const field of fields(form)) {
      const at = rest.findIndex(([name]) => name === field.name);
      if (at < 0) continue;
      const [[, value]] = rest.splice(at, 1);
      if (/checkbox|radio/.test(field.type)) field.checked = value === `${field.value}\u0000true`;
      else field.value = value;
    }
  };

  const watched = new Map();
  const changed = (form) => JSON.stringify(typed(form)) !== watched.get(form);

  /* A draft belongs to one person on one browser, for three days, and goes when they sign out. */
  const LIFE = 3 * 24 * 60 * 60 * 1000;
  const draftKey = (name) => `draft:${document.body.dataset.draftOwner ?? ""}:${name}`;
  const saveDraft = (form) => keep(localStorage, draftKey(form.dataset.draft),
    JSON.stringify({ at: Date.now(), values: typed(form) }));
  const readDraft = (name) => {
    try {
      const { at, values } = JSON.parse(kept(localStorage, draftKey(name)));
      return Date.now() - at < LIFE ? values : null;
    } catch { return null; }
  };
  const dropDrafts = (keepYoung) => {
    try {
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith("draft:"))) {
        const { at } = JSON.parse(localStorage.getItem(key));
        if (!keepYoung || Date.now() - at > LIFE) localStorage.removeItem(key);
      }
    } catch { /* private mode */ }
  };
  const offerDraft = (form) => {
    const draft = readDraft(form.dataset.draft);
    if (!draft || JSON.stringify(draft) === watched.get(form)) return;
    /* A form that came back with its errors already holds what was typed last. */
    if (form.querySelector('[aria-invalid="true"], .k-errors')) return;
    fill(form, draft);
    const line = document.createElement("p");
    line.className = "k-draft";
    line.setAttribute("role", "status");
    line.textContent = said.draftKept;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "k-text-button";
    button.textContent = said.draftDrop;
    button.addEventListener("click", () => {
      keep(localStorage, draftKey(form.dataset.draft), null);
      form.reset();
      line.remove();
    });
    line.append(button);
    form.prepend(line);
  };

  /* What waits on this device for a network ("waits:person:address") is neither forgotten nor left unseen
     by whoever signs out: they say which. */
  const waiting = () => {
    const owner = document.body.dataset.draftOwner;
    try { return Object.keys(localStorage).filter((name) => name.startsWith(owner ? `waits:${owner}:` : "waits:")); } catch { return []; }
  };
  const saysWhatWaits = (form) => {
    const box = document.getElementById("waits-warning");
    const names = waiting();
    if (!box || !names.length || "decided" in form.dataset) return false;
    box.querySelector("[data-count]").textContent = String(names.length);
    /* A fresh page of the same form sends all that waits. */
    box.querySelector("[data-waits-send]").href = names[0].replace(/^waits:[^:]*:/, "").split("?")[0];
    const signOut = () => { form.dataset.decided = ""; form.requestSubmit(); };
    box.querySelector("[data-waits-keep]").onclick = signOut;
    box.querySelector("[data-waits-forget]").onclick = () => { waiting().forEach((name) => keep(localStorage, name, null)); signOut(); };
    box.hidden = false;
    box.querySelector("[data-waits-send]").focus();
    return true;
  };

  const watch = (form) => {
    if (watched.has(form) || form.method !== "post" || "quiet" in form.dataset) return;
    watched.set(form, JSON.stringify(typed(form)));
    if (!form.dataset.draft) return;
    offerDraft(form);
    let waiting;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => saveDraft(form), 400);
    });
  };

  const withDraft = (name) => document.querySelector(`form[data-draft="${CSS.escape(name ?? "")}"]`);

  /* A sent draft is dropped when the next page comes without that form. Where the form is there again,
     the sending failed: it has errors to mend, or the network was gone. */
  const dropSentDraft = () => {
    const sent = kept(sessionStorage, "draft-sent");
    if (!sent) return;
    keep(sessionStorage, "draft-sent", null);
    /* Nor is it done on a page of an error, or where one signs in first: whoever goes back finds their words. */
    if (withDraft(sent) || document.querySelector("[data-unsent]")) return;
    keep(localStorage, draftKey(sent), null);
    keep(sessionStorage, "draft-done", sent);
  };
  /* Who goes back after sending would find their words in a fresh form, ready to be sent once more:
     browsers put them there after the page has loaded. */
  const emptyDone = () => {
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") withDraft(kept(sessionStorage, "draft-done"))?.reset();
  };

  /* One press, one sending. */
  let sending = false;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if ("signsOut" in form.dataset) {
      if (saysWhatWaits(form)) { event.preventDefault(); return; }
      dropDrafts(false);
    }
    if (form.dataset.sent) { event.preventDefault(); return; }
    sending = true;
    form.dataset.sent = "1";
    if (form.dataset.draft) keep(sessionStorage, "draft-sent", form.dataset.draft);
    const button = event.submitter;
    if (button?.classList.contains("btn")) {
      /* After the form's data is taken, so that the button's own value still goes along. */
      setTimeout(() => { button.setAttribute("aria-disabled", "true"); button.dataset.words = button.textContent; button.textContent = said.sending; });
    }
  });
  const comeBack = (form) => {
    delete form.dataset.sent;
    sending = false;
    for (const button of form.querySelectorAll("[data-words]")) {
      button.removeAttribute("aria-disabled");
      button.textContent = button.dataset.words;
      delete button.dataset.words;
    }
  };
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(comeBack);
    emptyDone();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) { comeBack(form); watched.delete(form); }
  });

  window.addEventListener("beforeunload", (event) => {
    if (sending || ![...watched.keys()].some((form) => form.isConnected && changed(form))) return;
    event.preventDefault();
    event.returnValue = said.leaving;
  });

  /* Before the session ends, ask; what is typed stays where it is. */
  const watchSession = () => {
    const { sessionEnds, sessionRenew } = document.body.dataset;
    const box = document.getElementById("session-warning");
    if (!sessionEnds || !box) return;
    let ends = Number(sessionEnds) ? Number(sessionEnds) * 1000 : Date.parse(sessionEnds);
    const stay = box.querySelector("[data-session-stay]");
    const look = () => {
      const due = ends - Date.now() < 2 * 60 * 1000;
      if (due && box.hidden) { box.hidden = false; stay.focus(); }
    };
    stay.addEventListener("click", async () => {
      const answer = await fetch(sessionRenew, {
        method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token(), Accept: "application/json" },
      }).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      const renewed = await answer.json().catch(() => ({}));
      ends = renewed.ends ? (Number(renewed.ends) ? Number(renewed.ends) * 1000 : Date.parse(renewed.ends)) : Date.now() + 30 * 60 * 1000;
      box.hidden = true;
    });
    look();
    setInterval(look, 15000);
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-hide-names-toggle]")) {
      keep(sessionStorage, "hide-names", namesHidden() ? null : "1");
      drawNames();
    }
    if (event.target.closest("[data-print]")) window.print();
    for (const menu of document.querySelectorAll("details.k-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.k-menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  /* A field that belongs to one answer ("name=value") waits until that one is chosen, and is asked for then. */
  const showWhatBelongs = (form) => {
    for (const field of form.querySelectorAll("[data-belongs-to]")) {
      const [name, value] = field.dataset.belongsTo.split("="), box = field.closest(".k-field");
      box.hidden = form.elements[name]?.value !== value;
      box.querySelector(".k-optional")?.setAttribute("hidden", "");
    }
  };
  document.addEventListener("change", (event) => event.target.form && showWhatBelongs(event.target.form));

  const begin = (within) => within.querySelectorAll("form").forEach((form) => { watch(form); showWhatBelongs(form); });
  document.addEventListener("DOMContentLoaded", () => {
    drawNames();
    dropDrafts(true);
    dropSentDraft();
    begin(document);
    document.querySelector(".k-errors")?.focus();
    watchSession();
  });
  document.addEventListener("htmx:load", (event) => {
    const within = event.detail.elt;
    if (within.matches?.("form")) watch(within);
    begin(within);
    drawNames();
  });
})();
