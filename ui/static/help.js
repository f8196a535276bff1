/* Help that is there on every page: `?` opens the list of keys; the first tour walks round the rail. */
"use strict";

(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (node) => node.closest("input, textarea, select, [contenteditable=true]");

  // --- the list of keys ---------------------------------------------------------------------------------------
  const keys = () => {
    const box = one("#pp-keys-dialog");
    if (box && !box.open && !one("dialog[open]")) box.showModal();
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    keys();
  });

  // --- the tour -----------------------------------------------------------------------------------------------
  let taken = false;
  let at = 0;
  const tour = () => one("#pp-tour-dialog");
  function show(number) {
    const box = tour();
    const steps = all(".pp-tour__step", box);
    at = Math.min(Math.max(number, 0), steps.length - 1);
    steps.forEach((step, index) => { step.hidden = index !== at; });
    one("[data-does=tour-back]", box).disabled = at === 0;
    const on = one("[data-does=tour-on]", box);
    on.textContent = at === steps.length - 1 ? on.dataset.end : on.dataset.on;
    on.focus();
    mark(steps[at].dataset.place);
  }
  function mark(place) {
    all(".pp-tour-at").forEach((link) => link.classList.remove("pp-tour-at"));
    const link = place ? one(`#pp-rail .pp-nav a[href="${CSS.escape(place)}"]`) : null;
    link?.classList.add("pp-tour-at");
    const box = tour();
    if (link && matchMedia("(min-width: 821px)").matches) box.style.top = `${link.getBoundingClientRect().top}px`;
    else box.removeAttribute("style");
  }
  function begin() {
    const box = tour();
    if (!box || box.open) return;
    taken = false;
    if (!box.dataset.wired) {
      box.dataset.wired = "1";
      box.addEventListener("close", () => {
        mark("");
        let host = box;
        while (host && !host.ask) host = host.parentElement;
        host?.ask("tour", taken ? "taken" : "skipped");
      });
      box.addEventListener("keydown", (event) => {
        if (event.key === "ArrowRight") show(at + 1);
        if (event.key === "ArrowLeft") show(at - 1);
      });
    }
    box.showModal();
    show(0);
  }
  function on() {
    if (at < all(".pp-tour__step", tour()).length - 1) { show(at + 1); return; }
    taken = true;
    tour().close();
  }

  const wire = () => Object.assign(window.peipao.does, {
    keys,
    shut: (button) => button.closest("dialog").close(),
    tour: begin,
    "tour-on": on,
    "tour-back": () => show(at - 1),
    "tour-skip": () => tour().close(),
  });
  if (window.peipao) wire();
  else addEventListener("peipao", wire, { once: true });
  // A click beside a dialog shuts it.
  addEventListener("click", (event) => { if (event.target.matches("dialog.pp-dialog")) event.target.close(); });
})();
