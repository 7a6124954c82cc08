/* Shows a question only where the answer before leads to it. Without this script all stand there, each
   with the answer it belongs to in words. */
(() => {
  /* On a tablet for everybody the first page comes back by itself. */
  const next = document.querySelector("[data-next-person]");
  if (next) setTimeout(() => location.assign(next.href), 12000);
  const form = document.querySelector("form[data-survey]");
  if (!form) return;
  const asked = [...form.querySelectorAll("[data-only-if]")];
  const chosen = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((input) => input.value);
  const look = () => {
    for (const question of asked) {
      const [before, ...options] = question.dataset.onlyIf.split(" ");
      const hiddenBefore = form.querySelector(`[data-question="${CSS.escape(before)}"]`)?.hidden;
      question.hidden = Boolean(hiddenBefore) || !chosen(before).some((value) => options.includes(value));
    }
  };
  for (const said of form.querySelectorAll("[data-condition]")) said.hidden = true;
  form.addEventListener("change", look);
  look();
})();
