/* What a page does by itself: language and theme, the clock, following the chat, lighting up words, the player,
   push-to-talk, dropped files, and asking again while something moves. Everything that changes data goes to the server as an event with an act and an id. */
"use strict";

window.peipao = (() => {
  const THEME = "peipao-theme";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- language and theme -------------------------------------------------------------------------------------
  const dark = (on) => document.body.classList.toggle("dark", on);
  function frame() {
    const page = one("#pp-frame");
    if (page) document.documentElement.lang = page.classList.contains("pp-zh") ? "zh-CN" : "en";
    const kept = localStorage.getItem(THEME);
    if (kept) dark(kept === "dark");
    all("a[hreflang]").forEach((link) => { link.search = location.search; });
    const title = one(".pp-top h1");
    if (title && title.textContent) document.title = `${title.textContent} - ${page.classList.contains("pp-zh") ? "陪跑" : "Peipao"}`;
  }
  function switchTheme() {
    const on = !document.body.classList.contains("dark");
    localStorage.setItem(THEME, on ? "dark" : "light");
    dark(on);
  }

  // --- the clock: towards a moment that the server named -----------------------------------------------------
  const shown = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  let deadline = null;
  let clockKey = "";
  let clockHost = null;
  const told = new Set();
  // A sign of life while the clock runs: without it the server takes it that nobody sits here, and stops the clock.
  const ALIVE = 15000;
  let aliveAt = performance.now();
  function alive() {
    const face = one('[role="timer"]');
    if (!face || "stopped" in face.dataset || document.hidden || performance.now() - aliveAt < ALIVE) return;
    aliveAt = performance.now();
    clockHost?.("alive", "");
  }
  function tick() {
    alive();
    const face = one('[role="timer"]');
    if (!face || "stopped" in face.dataset) return;
    const key = `${face.dataset.left}/${face.dataset.limit}`;
    if (key !== clockKey) {
      clockKey = key;
      deadline = performance.now() + Number(face.dataset.left) * 1000;
    }
    const left = Math.max(0, (deadline - performance.now()) / 1000);
    const text = shown(left);
    if (face.textContent !== text) face.textContent = text;
    all("[data-clock-copy]").forEach((copy) => { if (copy.textContent !== text) copy.textContent = text; });
    face.toggleAttribute("data-low", left <= 30);
    const bar = one("[data-clock-bar]");
    const limit = Number(face.dataset.limit);
    if (bar && limit) bar.style.width = `${100 * (1 - left / limit)}%`;
    for (const [at, name] of [[120, "two"], [30, "half"], [0, "zero"]]) {
      if (left <= at && limit > at && !told.has(name)) {
        told.add(name);
        if (left > at - 2 || at === 0) announce(face.dataset[name]);
        if (at === 0) clockHost?.("time_up", "");
      }
    }
  }
  function announce(words) {
    const region = one("#pp-announce");
    if (region) region.textContent = words;
  }
  // One sentence below the text box of a conversation, said aloud too.
  function tell(words) {
    announce(words);
    const note = one(".pp-keys");
    if (note) { note.textContent = words; note.classList.add("pp-keys--said"); }
  }

  // --- the chat follows its end -------------------------------------------------------------------------------
  function follow(root) {
    const log = one("[data-follow]", root);
    if (log) log.scrollTop = log.scrollHeight;
  }

  // --- words light up -----------------------------------------------------------------------------------------
  function light(field) {
    const on = !one(`[data-entry="${CSS.escape(field)}"][data-lit], [data-field="${CSS.escape(field)}"][data-lit]`);
    all("[data-lit]").forEach((node) => node.removeAttribute("data-lit"));
    if (!on) { sound()?.pause(); return; }
    all(`[data-entry="${CSS.escape(field)}"], .pp-chip--press[data-field="${CSS.escape(field)}"]`).forEach((node) => node.setAttribute("data-lit", ""));
    const spans = all("[data-fields]").filter((node) => node.dataset.fields.split(" ").includes(field));
    spans.forEach((node) => {
      node.setAttribute("data-lit", "");
      node.closest(".pp-said-row")?.setAttribute("data-lit", "");
    });
    spans[0]?.closest(".pp-said-row")?.scrollIntoView({ block: "center", behavior: smoothly() });
    const row = spans[0]?.closest(".pp-said-row");
    if (row && row.dataset.at) seek(Number(row.dataset.at), true);
  }
  // Which of the three classes of marks are off: kept on the page's frame, because the transcript is drawn anew.
  const unmarked = new Set();
  function marks() {
    const frame = one("#pp-visit");
    if (!frame) return;
    for (const button of all("[data-does=marks]", frame)) {
      const off = unmarked.has(button.dataset.kind);
      button.setAttribute("aria-pressed", String(!off));
      frame.classList.toggle(`pp-off-${button.dataset.kind}`, off);
    }
  }
  const smoothly = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // --- the player ---------------------------------------------------------------------------------------------
  const sound = () => one("[data-player] audio");
  function seek(at, start) {
    const audio = sound();
    if (!audio) return;
    audio.currentTime = at;
    // Pausing before the sound began ends its promise with an error that means nothing.
    if (start) audio.play().catch(() => {});
  }
  function playing() {
    const audio = sound();
    if (!audio) return;
    const box = one("[data-player]");
    box.toggleAttribute("data-on", !audio.paused);
    const go = one('[data-does="play"]', box);
    go.dataset.name ||= go.getAttribute("aria-label");
    go.setAttribute("aria-label", audio.paused ? go.dataset.name : go.dataset.pause);
    one("[data-player-now]", box).textContent = shown(audio.currentTime);
    const range = one("input[type=range]", box);
    range.value = audio.currentTime;
    one("[data-player-bar]", box).style.setProperty("--part", `${(100 * audio.currentTime) / (Number(range.max) || 1)}%`);
    all(".pp-said-row").forEach((row) => {
      const here = row.dataset.at && !audio.paused && audio.currentTime >= Number(row.dataset.at)
        && audio.currentTime < Number(row.dataset.until || Infinity);
      row.toggleAttribute("data-playing", Boolean(here));
    });
  }
  function wirePlayer(root) {
    const audio = one("audio", root);
    if (!audio || audio.dataset.wired) return;
    audio.dataset.wired = "1";
    ["timeupdate", "play", "pause", "seeked", "ended"].forEach((name) => audio.addEventListener(name, playing));
    one("[data-player] input[type=range]", root)?.addEventListener("input", (event) => seek(Number(event.target.value), false));
  }

  // --- what a click on the page itself does ------------------------------------------------------------------
  const does = {
    skip(_, event) {
      event.preventDefault();
      const main = one("#pp-place");
      main.tabIndex = -1;
      main.focus();
    },
    theme: switchTheme,
    print: () => window.print(),
    sheet(button) {
      const open = one("#pp-session").classList.toggle("pp-sheet-open");
      button.setAttribute("aria-expanded", String(open));
    },
    brief(button) {
      const open = one("#pp-session").classList.toggle("pp-brief-open");
      button.setAttribute("aria-expanded", String(open));
    },
    table(button) {
      const open = button.closest("section").querySelector(".pp-curves").classList.toggle("pp-curves--table");
      button.setAttribute("aria-expanded", String(open));
      one(".pp-table", button.closest("section")).hidden = !open;
    },
    turn(button) {
      const row = one(`#turn-${CSS.escape(button.dataset.turn)}`);
      all(".pp-lit").forEach((node) => node.classList.remove("pp-lit"));
      row?.classList.add("pp-lit");
      row?.scrollIntoView({ block: "center", behavior: smoothly() });
    },
    light: (button) => light(button.dataset.field),
    seek: (button) => seek(Number(button.dataset.at), true),
    play() {
      const audio = sound();
      if (audio) audio.paused ? audio.play().catch(() => {}) : audio.pause();
    },
    speed(button) {
      const audio = sound();
      const steps = [1, 1.25, 1.5, 2, 0.75];
      audio.playbackRate = steps[(steps.indexOf(audio.playbackRate) + 1) % steps.length];
      button.textContent = `${audio.playbackRate}×`.replace(/^(\d)×/, "$1.0×");
    },
    marks(button) {
      const { kind } = button.dataset;
      unmarked.has(kind) ? unmarked.delete(kind) : unmarked.add(kind);
      marks();
    },
    copy(button) {
      const words = one("[data-copied]", button.closest("[data-copy]")).textContent;
      const done = () => announce(button.dataset.done);
      const label = one("span", button) || button;
      button.dataset.name ||= label.textContent;
      navigator.clipboard?.writeText(words).then(() => {
        label.textContent = button.dataset.done;
        setTimeout(() => { label.textContent = button.dataset.name; }, 2000);
        done();
      }, () => getSelection().selectAllChildren(one("[data-copied]", button.closest("[data-copy]"))));
    },
    choose: (button) => one("input[type=file]", button.closest("[data-drop]")).click(),
  };

  // --- files --------------------------------------------------------------------------------------------------
  async function send(files, element, gradio) {
    if (!files.length) return;
    const box = one("[data-drop]", element);
    box?.setAttribute("aria-busy", "true");
    const sent = [];
    for (const file of files) {
      // A file that does not arrive is named all the same: the server says so, and the others go on.
      const path = await gradio.upload(file).then((there) => there.path, () => "");
      sent.push({ path, name: file.name });
    }
    box?.removeAttribute("aria-busy");
    gradio.ask("files", "", "", sent);
  }
  function wireDrop(element, gradio) {
    element.addEventListener("change", (event) => {
      if (event.target.dataset.picks !== undefined) gradio.ask("pick", `${event.target.dataset.picks}&trade=${encodeURIComponent(event.target.value)}`);
      if (event.target.type === "file") { send([...event.target.files], element, gradio); event.target.value = ""; }
    });
    for (const name of ["dragover", "dragleave", "drop"]) {
      element.addEventListener(name, (event) => {
        const box = event.target.closest("[data-drop]");
        if (!box) return;
        event.preventDefault();
        box.toggleAttribute("data-over", name === "dragover");
        if (name === "drop") send([...event.dataTransfer.files], element, gradio);
      });
    }
  }

  // --- push to talk -------------------------------------------------------------------------------------------
  function wireTalk(element, gradio) {
    let recorder = null;
    const button = () => one("[data-talk]", element);
    const label = (words) => { const b = button(); if (b) one("span", b).textContent = words; };
    async function start() {
      if (recorder) return;
      const b = button();
      if (b.getAttribute("aria-disabled") === "true") { tell(b.dataset.why); return; }
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const parts = [];
        recorder = new MediaRecorder(stream);
        recorder.ondataavailable = (event) => parts.push(event.data);
        recorder.onstop = async () => {
          stream.getTracks().forEach((track) => track.stop());
          const kind = recorder.mimeType.split(";")[0];
          recorder = null;
          b.setAttribute("aria-pressed", "false");
          label(b.dataset.working);
          const file = new File(parts, `line.${kind.split("/")[1] || "webm"}`, { type: kind });
          const { path } = await gradio.upload(file);
          gradio.ask("talk", "", path);
          label(b.dataset.idle);
        };
        recorder.start();
        b.setAttribute("aria-pressed", "true");
        label(b.dataset.on);
      } catch {
        recorder = null;
        tell(b.dataset.refused);
      }
    }
    const stop = () => { if (recorder && recorder.state === "recording") recorder.stop(); };
    element.addEventListener("pointerdown", (event) => { if (event.target.closest("[data-talk]")) start(); });
    for (const name of ["pointerup", "pointerleave", "pointercancel"]) element.addEventListener(name, stop);
    element.addEventListener("keydown", (event) => {
      if (!event.target.closest("[data-talk]") || event.repeat || ![" ", "Enter"].includes(event.key)) return;
      event.preventDefault();
      recorder ? stop() : start();
    });
  }

  // --- one region of a page: clicks, files, talk, and what to do after the server redrew it -------------------
  // Redrawing shuts what somebody opened: it is opened again.
  const opened = new Set();
  function unfold(summary) {
    const { key } = summary.parentElement.dataset;
    if (key) opened.has(key) ? opened.delete(key) : opened.add(key);
  }
  function redrawn(element) {
    all("details[data-key]", element).forEach((one) => { one.open = opened.has(one.dataset.key); });
    refocus(element);
    follow(element);
    wirePlayer(element);
    frame();
    tick();
    const here = one("[data-here]", element);
    if (here && here.dataset.here.startsWith("/")) history.replaceState(null, "", here.dataset.here);
    arrive(element);
    marks();
    // The room one is in may lie beyond the edge of the row.
    const rooms = one(".pp-tabs:not([data-seen])"), room = rooms && one("[aria-current]", rooms);
    if (room) {
      rooms.dataset.seen = "";
      rooms.scrollLeft = room.offsetLeft - rooms.offsetLeft - (rooms.clientWidth - room.offsetWidth) / 2;
    }
    const first = one("[data-focus]", element);
    if (first && !first.dataset.focused) {
      first.dataset.focused = "1";
      first.focus();
      first.closest(".pp-said-row, .pp-entry")?.scrollIntoView({ block: "nearest" });
    }
  }
  // The browser looks for the place that an address names before the server has drawn it.
  let arrived = false;
  function arrive(element) {
    const place = !arrived && location.hash.length > 1 && element.querySelector(`[id="${CSS.escape(decodeURIComponent(location.hash.slice(1)))}"]`);
    if (!place) return;
    arrived = true;
    setTimeout(() => place.scrollIntoView(), 60);
  }
  const form = (element) => ({
    day: one("input[type=date]", element)?.value || "",
    consent: one("input[name=consent]", element)?.value || "",
    how: one("select[name=how]", element)?.value || "",
    scope: one("select[name=scope]", element)?.value || "",
    deal: new URLSearchParams(location.search).get("id") || "",
  });
  const filled = (box) => Object.fromEntries(box ? all("[name]", box).map((field) => [field.name, field.value]) : []);
  // An open menu shuts when one clicks elsewhere or presses Escape.
  addEventListener("click", (event) => all(".pp-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && one(".pp-menu[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); }
  });
  // The second of a double click asks what is still unanswered: it is dropped. Anything else is asked, also while
  // an answer is under way; a look that goes by itself each second must not swallow what somebody presses.
  const unanswered = new Map();
  const PATIENCE = 20000;
  function first(region, question) {
    const open = unanswered.get(region) || new Map();
    unanswered.set(region, open);
    if (Date.now() - (open.get(question) || -Infinity) < PATIENCE) return false;
    open.set(question, Date.now());
    return true;
  }
  const answered = (region) => unanswered.delete(region);

  // --- the focus ------------------------------------------------------------------------------------------------
  // Whoever goes by keyboard stays on what they had reached, or on the next of its kind, when a region is drawn
  // anew: Gradio turns the elements at one place into each other, so the focus could end on another button.
  const NAMES = ["href", "name", "data-act", "data-id", "data-does", "data-key"];
  const named = (element, names = NAMES) => names.filter((name) => element.hasAttribute(name))
    .map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`).join("");
  let held = null;
  addEventListener("pointerdown", () => { held = null; }, true);
  addEventListener("focusin", (event) => {
    const at = event.target.matches("summary") ? event.target.parentElement : event.target;
    held = { at, name: named(at), kind: named(at, ["data-act"]) };
  });
  function refocus(element) {
    if (!held?.name || (held.at.isConnected && named(held.at) === held.name)) return;
    if (held.at.isConnected ? !element.contains(held.at) : document.activeElement !== document.body) return;
    const again = one(held.name, element) || (held.kind ? one(held.kind, element) : null);
    (again?.matches("details") ? one("summary", again) : again)?.focus({ preventScroll: true });
  }
  // The text box takes the focus back after an answer, unless somebody has gone elsewhere meanwhile.
  function focus(id) {
    const box = one(`#${id}`), at = document.activeElement;
    if (at === document.body || box?.parentElement.contains(at)) one("textarea", box)?.focus();
  }
  let leaving = false;
  addEventListener("pagehide", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
  function go(streamed) {
    const href = one("#pp-go a[data-go]")?.getAttribute("href") || "";
    if (href) leaving = true;
    // After a stream Gradio needs a moment to close it; leaving earlier tears it and shows as an error.
    if (href.startsWith("/") && !href.startsWith("//")) setTimeout(() => location.assign(href), streamed ? 400 : 0);
  }
  function wire(element, gradio) {
    const region = element.closest('[id^="pp-"]').id;
    const ask = (act, id, path = "", files = [], fields = {}) => {
      const question = { act, id, path, files, fields, ...form(element) };
      if (first(region, JSON.stringify(question))) gradio.trigger("click", question);
    };
    gradio.ask = ask;
    element.ask = ask;
    if (element.closest("#pp-brief")) clockHost = ask;
    element.addEventListener("click", (event) => {
      const summary = event.target.closest("summary");
      if (summary) unfold(summary);
      const button = event.target.closest("[data-act],[data-does],.pp-linked");
      if (!button || !element.contains(button)) return;
      if (button.dataset.does) does[button.dataset.does]?.(button, event);
      else if (button.dataset.act) {
        ask(button.dataset.act, button.dataset.id || "", "", [], filled(button.closest("[data-form]")));
        if (button.dataset.act === "useful") button.setAttribute("aria-pressed", "true");
      }
      else light(button.dataset.fields.split(" ")[0]);
    });
    element.addEventListener("keydown", (event) => {
      const box = event.target.closest("[data-form]");
      if (!box || event.isComposing || event.keyCode === 229) return;
      if (event.key === "Escape") one(".pp-cancel", box)?.click();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target.matches("input"))) {
        event.preventDefault();
        one(".pp-btn--primary[data-act]", box)?.click();
      }
    });
    wireDrop(element, gradio);
    wireTalk(element, gradio);
    setInterval(() => {
      const moving = one("[data-poll]", element);
      if (moving && !document.hidden && !leaving) ask("look", moving.dataset.poll);
    }, 1000);
    gradio.watch("value", () => redrawn(element));
    redrawn(element);
  }

  setInterval(tick, 250);
  document.addEventListener("DOMContentLoaded", frame);
  document.fonts.ready.then(() => follow(document));
  addEventListener("load", () => follow(document));
  return { wire, go, does, tell, answered, focus };
})();
window.dispatchEvent(new Event("peipao"));
