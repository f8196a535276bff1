/* The scenario editor: keeps text and form in step, numbers the lines, marks those with a fault, keeps what is typed once one pauses, goes to a line. */
"use strict";

(() => {
  const PAUSE = 600;
  const box = () => document.querySelector("[data-editor]");
  const text = () => document.querySelector("#pp-code-text");
  let waiting = 0;

  function number() {
    const area = text();
    if (!area) return;
    const marks = document.querySelector("#pp-check .pp-check");
    const lines = (key) => new Set((marks?.dataset[key] || "").split(" ").filter(Boolean).map(Number));
    const bad = lines("bad"), poor = lines("poor");
    const gutter = box().querySelector(".pp-code__lines");
    const count = area.value.split("\n").length;
    const made = document.createDocumentFragment();
    for (let n = 1; n <= count; n += 1) {
      const row = document.createElement("span");
      row.textContent = n;
      if (bad.has(n)) row.className = "pp-code__bad";
      else if (poor.has(n)) row.className = "pp-code__poor";
      made.append(row);
    }
    gutter.replaceChildren(made);
    gutter.scrollTop = area.scrollTop;
  }
  function asker(node) {
    for (let at = node; at; at = at.parentElement) if (at.ask) return at.ask;
    return null;
  }
  function keep() {
    clearTimeout(waiting);
    waiting = 0;
    const area = text();
    if (area && !area.readOnly) asker(area)?.("keep", "", "", [], { text: area.value });
  }
  function to(line) {
    const area = text();
    if (!area) return;
    const rows = area.value.split("\n");
    const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (rows[line - 1] || "").length);
    const high = parseFloat(getComputedStyle(area).lineHeight);
    area.scrollTop = Math.max(0, (line - 4) * high);
    area.scrollLeft = 0;
    if (matchMedia("(max-width: 1180px)").matches) area.scrollIntoView({ block: "center" });
  }

  // --- the form: the same scenario by its usual fields; whatever is changed on one side is filled in on the other ---
  const formed = () => document.querySelector("[data-formed]");
  const inForm = (node) => formed()?.contains(node) && node.name;
  let filling = 0;
  let sent = null;
  function fill() {
    clearTimeout(filling);
    filling = 0;
    const box = formed();
    if (!box || text().readOnly || box.querySelector("fieldset").disabled) return;
    sent = text().value;
    asker(box)?.("form", "", "", [], Object.fromEntries([...box.querySelectorAll("[name]")].map((field) => [field.name, field.value])));
  }
  let synced = "";
  function step() {
    const news = document.querySelector("[data-sync]");
    const now = news && `${news.dataset.sync} ${"text" in news.dataset}`;
    if (!news || now === synced) return;
    synced = now;
    const answers = JSON.parse(news.dataset.answers);
    formed().querySelector("fieldset").disabled = answers === null;
    // What somebody is still writing is not overwritten: it is sent in a moment, and what counts comes back.
    if (answers && !filling) for (const field of formed().querySelectorAll("[name]")) if (field !== document.activeElement && field.value !== answers[field.name]) field.value = answers[field.name];
    if ("text" in news.dataset && sent === text().value && !waiting) { text().value = news.dataset.text; number(); }
  }
  document.addEventListener("input", (event) => {
    if (inForm(event.target)) { clearTimeout(filling); filling = setTimeout(fill, PAUSE); return; }
    if (event.target !== text()) return;
    number();
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  document.addEventListener("scroll", (event) => {
    if (event.target === text()) box().querySelector(".pp-code__lines").scrollTop = event.target.scrollTop;
  }, true);
  document.addEventListener("keydown", (event) => {
    const area = text();
    if (event.target !== area || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !area.readOnly) {
      // A new line begins where the one above began.
      const before = area.value.slice(0, area.selectionStart);
      const indent = before.slice(before.lastIndexOf("\n") + 1).match(/^ */)[0];
      if (!indent) return;
      event.preventDefault();
      area.setRangeText(`\n${indent}`, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); keep(); }
  });
  document.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-line]");
    if (jump) to(Number(jump.dataset.line));
    // What was said is on its way: the box is free for the next line.
    if (event.target.closest("[data-act=speak]")) setTimeout(() => { const words = document.querySelector("#pp-trial-words"); if (words) { words.value = ""; words.focus(); } });
  });
  // Leaving before the pause is over loses nothing.
  document.addEventListener("focusout", (event) => {
    if (event.target === text() && waiting) keep();
    if (inForm(event.target) && filling) fill();
  });
  const wire = () => {
    window.peipao.does.view = (button) => {
      const box = button.closest(".pp-writing");
      box.dataset.view = button.dataset.view;
      box.querySelectorAll("[data-does=view]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      number();
    };
  };
  if (window.peipao) wire();
  else addEventListener("peipao", wire, { once: true });
  let seen = "";
  setInterval(() => {
    if (!text()) return;
    step();
    const marks = document.querySelector("#pp-check .pp-check");
    const now = `${marks?.dataset.bad}|${marks?.dataset.poor}|${box().querySelector(".pp-code__lines").childElementCount === 0}|${text().readOnly}`;
    if (now !== seen) { seen = now; number(); }
  }, 300);
})();
