/* What was written without a network waits on this device and is sent when there is one again. Each form has a
   key in its address, and the server keeps the first row of a key: sending twice does no harm. What the server
   refuses stays here with the server's words, until somebody opens it and puts it right. */
(() => {
  "use strict";
  const line = document.querySelector("[data-waiting]");
  if (!line) return;
  const form = document.querySelector("form[data-waits]");
  const mine = `waits:${document.body.dataset.draftOwner ?? ""}:`;
  const keys = () => Object.keys(localStorage).filter((name) => name.startsWith(mine));
  const valuesOf = (name) => JSON.parse(localStorage.getItem(name));
  const refused = new Map();
  const list = line.querySelector("[data-refused]");
  const TOLD = ["stories", "noticed", "words", "excerpt"];
  const toldIn = (name) => TOLD.map((field) => new Map(valuesOf(name)).get(field)).find(Boolean) ?? "";
  const row = ([name, { why, again }]) => {
    const item = line.querySelector("template").content.cloneNode(true);
    item.querySelector("[data-why]").textContent = why;
    item.querySelector("[data-kept]").textContent = toldIn(name);
    const link = item.querySelector("a");
    link.hidden = !again;
    link.href = name.slice(mine.length);
    return item;
  };
  const show = () => {
    const waiting = keys();
    line.hidden = waiting.length === 0;
    line.querySelector("[data-count]").textContent = String(waiting.length);
    list.replaceChildren(...[...refused].filter(([name]) => waiting.includes(name)).map(row));
  };
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const here = () => form && mine + (form.getAttribute("action") || location.pathname + location.search);
  const hold = () => {
    const values = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    localStorage.setItem(here(), JSON.stringify(values));
  };

  const whyNot = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const faults = [...page.querySelectorAll(".k-errors li")].map((fault) => fault.textContent.trim());
    const refusal = [page.querySelector("h1"), page.querySelector("[data-mend]")].map((words) => words?.textContent.trim()).filter(Boolean);
    /* What is too long to be read at all is put right in its form, like what has errors. */
    return { why: faults.join(" ") || refusal.join(". ") || answer.statusText, again: answer.ok || answer.status === 400 };
  };
  /* One that is open to be put right is sent by whoever does it. */
  let opened = "";
  let sending = false;
  const send = async () => {
    if (sending || !navigator.onLine) return;
    sending = true;
    for (const name of keys().filter((each) => each !== opened)) {
      const body = new URLSearchParams(valuesOf(name));
      body.set("csrfmiddlewaretoken", token());
      const answer = await fetch(name.slice(mine.length), { method: "POST", body, credentials: "same-origin" }).catch(() => null);
      /* Written down only when the page of what was heard came back: not a sign-in page, not an error. */
      if (answer?.ok && answer.redirected && new URL(answer.url).pathname.endsWith("/heard/")) localStorage.removeItem(name);
      else if (answer && !answer.redirected && answer.status < 500) refused.set(name, await whyNot(answer));
    }
    sending = false;
    show();
  };

  const put = (values) => {
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden") continue;
      const said = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (/checkbox|radio/.test(field.type)) field.checked = said.includes(field.value);
      else field.value = said[0] ?? "";
    }
  };
  if (form && localStorage.getItem(here())) {
    opened = here();
    /* What waits is newer than a draft; a form that came back with its errors holds what was typed last. */
    delete form.dataset.draft;
    if (!form.querySelector(".k-errors")) put(valuesOf(opened));
  }

  /* Before kit.js marks the form as sent. */
  form?.addEventListener("submit", (event) => {
    if (navigator.onLine) { if (opened) hold(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    /* Without these the server would refuse it later, when nobody is there to mend it. */
    const given = new FormData(form);
    const missing = form.dataset.waits.split(" ").find((name) => !String(given.get(name) ?? "").trim());
    line.querySelector("[data-missing]").hidden = !missing;
    if (missing) { line.hidden = false; form.querySelector(`[name="${missing}"]`).focus(); return; }
    hold();
    refused.delete(opened);
    opened = "";
    form.reset();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    const next = new URL(location.href);
    next.searchParams.set("form", crypto.randomUUID());
    form.setAttribute("action", next.pathname + next.search);
    show();
    line.focus();
  }, true);
  window.addEventListener("online", send);
  show();
  send();
})();
