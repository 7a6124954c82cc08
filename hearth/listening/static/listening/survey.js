/* A survey with a browser's help: a question shows only where the answer before leads to it, whoever likes sees
   one question at a time, and a voice of this device reads aloud when asked. Without this script all questions
   stand on one page, each with the answer it belongs to in words. */
(() => {
  "use strict";
  /* On a tablet for everybody the first page comes back by itself. */
  const next = document.querySelector("[data-next-person]");
  if (next) setTimeout(() => location.assign(next.href), 12000);
  const form = document.querySelector("form[data-survey]");
  if (!form) return;
  const all = [...form.querySelectorAll("[data-question]")];
  const chosen = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((input) => input.value);

  /* Which questions are for somebody who answered so far like this? */
  const asked = () => {
    const found = [];
    for (const question of all) {
      const [before, ...options] = (question.dataset.onlyIf ?? "").split(" ");
      const leads = found.some((other) => other.dataset.question === before) && chosen(before).some((value) => options.includes(value));
      if (!before || leads) found.push(question);
    }
    return found;
  };

  /* One at a time. The choice is kept on this device; on a tablet for everybody each begins anew. */
  const foot = form.querySelector("[data-steps]");
  const how = form.querySelector("[data-how]");
  const place = form.querySelector("[data-place]");
  const send = form.querySelector("[data-send]");
  const kiosk = !form.dataset.draft;
  const kept = () => { try { return localStorage.getItem("one-question"); } catch { return null; } };
  const keep = (value) => { if (!kiosk) try { localStorage.setItem("one-question", value); } catch { /* private mode */ } };
  let one = (kiosk ? null : kept()) === "1" || ((kiosk || kept() === null) && "young" in form.dataset);
  let now = null;
  const around = (by) => { const rows = asked(); return rows[rows.indexOf(now) + by]; };
  const show = () => {
    const rows = asked();
    if (one && !rows.includes(now)) now = rows[0];
    for (const question of all) question.hidden = one ? question !== now : !rows.includes(question);
    form.classList.toggle("k-one", one);
    how.textContent = one ? how.dataset.all : how.dataset.one;
    place.hidden = foot.hidden = !one;
    send.hidden = one && Boolean(around(1));
    /* What is said first is said once: the second question has the screen to itself. */
    for (const words of document.querySelectorAll("[data-before]")) words.hidden = one && Boolean(around(-1));
    if (!one) return;
    place.textContent = place.dataset.place.replace("{at}", String(all.indexOf(now) + 1)).replace("{of}", String(all.length));
    foot.querySelector("[data-back]").hidden = !around(-1);
    foot.querySelector("[data-next]").hidden = !around(1);
  };
  const goes = (to) => {
    hush();
    now = to;
    show();
    const words = now.querySelector("legend, label");
    words.tabIndex = -1;
    words.focus();
    place.scrollIntoView();
  };
  const isAnswered = (question) => [...question.querySelectorAll("input, textarea")].some((field) => field.tagName === "TEXTAREA" ? field.value : field.checked);

  how.addEventListener("click", () => {
    one = !one;
    keep(one ? "1" : "0");
    now = null;
    show();
  });
  foot.querySelector("[data-back]").addEventListener("click", () => goes(around(-1)));
  foot.querySelector("[data-next]").addEventListener("click", () => goes(around(1)));
  /* Enter on an answer goes on; it does not send half a survey. */
  form.addEventListener("submit", (event) => {
    if (!one || !around(1)) return;
    event.preventDefault();
    goes(around(1));
  });

  /* Without a network the answers wait on this page, and nowhere else: a tablet goes from hand to hand. */
  const waiting = form.querySelector("[data-no-network]");
  form.addEventListener("submit", (event) => {
    if (navigator.onLine || (one && around(1))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting.hidden = false;
    waiting.focus();
  }, true);
  addEventListener("online", () => {
    if (waiting.hidden) return;
    waiting.hidden = true;
    form.requestSubmit(send);
  });

  /* Read aloud, by a voice that is on this device: one from elsewhere would be told what is asked here. */
  const speech = window.speechSynthesis;
  const voiceFor = (language) => speech?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === language);
  const hush = () => {
    speech?.cancel();
    for (const button of form.querySelectorAll("[data-read]")) button.setAttribute("aria-pressed", "false");
  };
  const languageOf = (question) => question.querySelector("legend, label").lang;
  const offer = () => {
    for (const question of all) question.querySelector("[data-read]").hidden = !voiceFor(languageOf(question));
  };
  for (const question of all) {
    const button = question.querySelector("[data-read]");
    button.addEventListener("click", () => {
      const goesOn = button.getAttribute("aria-pressed") === "true";
      hush();
      if (goesOn) return;
      const parts = question.querySelectorAll("legend, label.form-label, [data-help], .k-choice-words");
      const said = new SpeechSynthesisUtterance([...parts].map((part) => part.textContent.trim()).join(". "));
      said.lang = languageOf(question);
      said.voice = voiceFor(said.lang);
      said.onend = hush;
      button.setAttribute("aria-pressed", "true");
      speech.speak(said);
    });
  }

  for (const said of form.querySelectorAll("[data-condition]")) said.hidden = true;
  form.querySelector("[data-tools]").hidden = false;
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(() => { now = null; show(); }));
  speech?.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", hush);
  show();
  offer();
  /* After kit.js has put back what was typed here before: go on at the first that is open. */
  document.addEventListener("DOMContentLoaded", () => {
    const rows = asked();
    if (one && rows.some(isAnswered)) now = rows.find((question) => !isAnswered(question)) ?? rows.at(-1);
    show();
  });
})();
