/* Shows passkeys where the browser knows them, and says kindly when one did not work. */
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-passkeys]")) part.hidden = true;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const line of document.querySelectorAll("[data-passkey-trouble]")) {
      line.hidden = false;
      line.setAttribute("role", "alert");
    }
  });
})();
