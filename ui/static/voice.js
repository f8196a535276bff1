/* The customer's voice: each finished line is read aloud by a voice of this very machine, never by one that asks another.
   The words stay in the chat as captions; the line that is being said is marked. Off until somebody asks for it. */
"use strict";

(() => {
  const KEPT = "peipao-voice";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const synth = window.speechSynthesis;
  const language = () => (one("#pp-frame")?.classList.contains("pp-zh") ? "zh" : "en");
  const voice = () => synth?.getVoices().find((each) => each.localService && each.lang.toLowerCase().replace("cmn", "zh").startsWith(language()));
  let on = localStorage.getItem(KEPT) === "on";
  let known = -1;
  let saying = "";

  const number = (turn) => Number(turn.id.replace("turn-", ""));
  function say(turn) {
    const words = new SpeechSynthesisUtterance(one(".pp-bubble", turn).textContent);
    words.voice = voice();
    words.lang = words.voice.lang;
    words.onstart = () => { saying = turn.id; mark(); };
    words.onend = words.onerror = () => { if (saying === turn.id) saying = ""; mark(); };
    synth.speak(words);
  }
  function mark() {
    all(".pp-turn").forEach((turn) => turn.classList.toggle("pp-turn--saying", turn.id !== "" && turn.id === saying));
  }
  function hush() {
    synth?.cancel();
    saying = "";
    mark();
  }
  function look() {
    const button = one("[data-does=voice]");
    if (!button) return;
    const can = Boolean(voice());
    button.setAttribute("aria-pressed", String(on && can));
    button.toggleAttribute("data-none", !can);
    button.title = can ? button.dataset.name : button.dataset.why;
    if (can) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
    // Only finished lines have a number; what stood there when the page opened is not said again.
    const turns = all("#pp-log .pp-turn--customer[id]");
    const last = Math.max(0, ...turns.map(number));
    if (!turns.length) return;
    if (known < 0 || !on || !can) { known = last; return; }
    turns.filter((turn) => number(turn) > known).forEach(say);
    known = Math.max(known, last);
    mark();
  }
  function press(button) {
    if (!voice()) { window.peipao.tell(button.dataset.why); return; }
    on = !on;
    localStorage.setItem(KEPT, on ? "on" : "off");
    if (!on) hush();
    else {
      const last = all("#pp-log .pp-turn--customer[id]").pop();
      if (last) say(last);
    }
    look();
  }

  const wire = () => { window.peipao.does.voice = press; };
  if (window.peipao) wire();
  else addEventListener("peipao", wire, { once: true });
  // Whoever speaks is not talked over, and nobody talks on in a page that was left.
  addEventListener("pointerdown", (event) => { if (event.target.closest("[data-talk]")) hush(); });
  addEventListener("pagehide", hush);
  setInterval(look, 300);
})();
