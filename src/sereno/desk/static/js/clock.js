// Deadlines count down in place. The words come from the page, in the person's language; the arithmetic is due.py's.
const said = document.getElementById("clock-words");
const words = said ? JSON.parse(said.textContent) : {};
const days = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "day", unitDisplay: "long" });
const fill = (pattern, ...numbers) => pattern.replace(/\{(\d)\}/g, (_all, i) => numbers[i]);

export function span(seconds) {
  const minutes = Math.max(1, Math.floor(Math.abs(seconds) / 60));
  if (minutes < 60) return fill(words.minutes, minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return minutes % 60 && hours < 6 ? fill(words.hours_minutes, hours, minutes % 60) : fill(words.hours, hours);
  }
  return days.format(Math.floor(hours / 24));
}

function lateOrLeft(seconds) {
  if (Math.abs(seconds) < 60) return seconds < 0 ? words.just_late : words.now;
  return fill(seconds < 0 ? words.late : words.left, span(seconds));
}

function tick() {
  for (const due of document.querySelectorAll("[data-due]")) {
    const seconds = Math.floor((Date.parse(due.dataset.due) - Date.now()) / 1000);
    const text = lateOrLeft(seconds);
    const place = due.querySelector("[data-due-words]");
    if (place.textContent !== text) place.textContent = text;
    const urgency = seconds < 0 ? "late" : seconds < 3600 ? "soon" : "later";
    due.className = `due due--${urgency}`;
  }
}

export function startClock() {
  if (!words.minutes) return;
  tick();
  setInterval(tick, 10_000);
  document.body.addEventListener("htmx:afterSettle", tick);
}
