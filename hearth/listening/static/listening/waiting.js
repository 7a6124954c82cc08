/* What was written without a network waits on this device and is sent when there is one again. Each form has a
   key in its address, and the server keeps the first row of a key: sending twice does no harm. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-waits]");
  const line = document.querySelector("[data-waiting]");
  if (!form || !line) return;
  const owner = document.body.dataset.draftOwner ?? "";
  const mine = `waits:${owner}:`;
  const keys = () => Object.keys(localStorage).filter((name) => name.startsWith(mine));
  const show = () => {
    const count = keys().length;
    line.hidden = count === 0;
    line.querySelector("[data-count]").textContent = String(count);
  };
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const hold = () => {
    const values = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const address = form.getAttribute("action") || location.pathname + location.search;
    localStorage.setItem(mine + address, JSON.stringify(values));
  };

  let sending = false;
  const send = async () => {
    if (sending || !navigator.onLine) return;
    sending = true;
    for (const name of keys()) {
      const body = new URLSearchParams(JSON.parse(localStorage.getItem(name)));
      body.set("csrfmiddlewaretoken", token());
      const answer = await fetch(name.slice(mine.length), { method: "POST", body, credentials: "same-origin" }).catch(() => null);
      /* Written down only when the page of what was heard came back: not a sign-in page, not an error. */
      if (answer?.ok && answer.redirected && new URL(answer.url).pathname.endsWith("/heard/")) localStorage.removeItem(name);
    }
    sending = false;
    show();
  };

  /* Before kit.js marks the form as sent. */
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    /* Without these the server would refuse it later, when nobody is there to mend it. */
    const given = new FormData(form);
    const missing = form.dataset.waits.split(" ").find((name) => !String(given.get(name) ?? "").trim());
    line.querySelector("[data-missing]").hidden = !missing;
    if (missing) { line.hidden = false; form.querySelector(`[name="${missing}"]`).focus(); return; }
    hold();
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
