// Single keys, where the person has them switched on: whatever carries data-key answers to it.
import { rows } from "./inbox.js";

let first = "";
let firstAt = 0;

export function startKeys() {
  if (document.body.dataset.shortcuts !== "on") return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (act(event.key)) event.preventDefault();
  });
}

function act(key) {
  const sequence = first === "g" && Date.now() - firstAt < 1500 ? `g ${key}` : "";
  first = key;
  firstAt = Date.now();
  if (sequence && press(sequence)) return true;
  if (key === "j") return move(1);
  if (key === "k") return move(-1);
  if (key === "o") return openFocused();
  return press(key);
}

function press(key) {
  const thing = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!thing) return false;
  if (thing.matches("input")) thing.focus();
  else thing.click();
  return true;
}

function current(links) {
  const focused = links.indexOf(document.activeElement);
  return focused === -1 ? links.findIndex((link) => link.hasAttribute("aria-current")) : focused;
}

function move(step) {
  const links = rows();
  if (!links.length) return false;
  const next = links[Math.min(links.length - 1, Math.max(0, current(links) + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function openFocused() {
  if (!document.activeElement?.matches(".row__link")) return false;
  document.activeElement.click();
  return true;
}
