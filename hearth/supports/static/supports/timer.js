/* The time of one item, counted on screen; what holds is the server's own clock. */
for (const timer of document.querySelectorAll("[data-timer]")) {
  const words = timer.querySelector("[data-timer-words]");
  const over = timer.querySelector("[data-timer-over]");
  const given = Number(timer.dataset.given) * 60;
  const began = Date.now() - Number(timer.dataset.spent) * 1000;
  const draw = () => {
    const spent = Math.max(0, Math.floor((Date.now() - began) / 1000));
    words.textContent = `${Math.floor(spent / 60)}:${String(spent % 60).padStart(2, "0")}`;
    if (given && spent >= given && !over.textContent) {
      over.textContent = timer.dataset.over;
      timer.dataset.standing = "over";
    }
  };
  draw();
  setInterval(draw, 1000);
}
