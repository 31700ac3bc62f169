// Something happened: ask what, and let the answer replace only what stands on screen. Nothing jumps.
const { live, changes, place } = document.body.dataset;
const loadedAt = document.body.dataset.event;
let drawn = Number(loadedAt);
let waiting = false;
let again = false;

export function startLive() {
  if (!live || !(document.getElementById("bell") || document.getElementById("arrivals") || openCase())) return;
  const stream = new EventSource(live);
  const heard = (message) => {
    if ((document.getElementById("arrivals") || openCase()) && JSON.parse(message.data).event > drawn) ask(JSON.parse(message.data).event);
  };
  stream.addEventListener("hello", heard);
  stream.addEventListener("changed", heard);
  stream.addEventListener("bell", ring);
  stream.addEventListener("bye", () => {
    stream.close();
    location.reload();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-reload]")) reload(event);
  });
}

// at most one question a second, however much happens
async function ask(event) {
  if (waiting) {
    again = event;
    return;
  }
  waiting = true;
  const ids = [...document.querySelectorAll(".row")].map((row) => row.dataset.case).join(",");
  const query = new URLSearchParams(document.querySelector(".inbox")?.dataset.query ?? "");
  query.set("event", drawn);
  query.set("since", loadedAt);
  query.set("place", document.getElementById("arrivals") ? place : "case");
  query.set("ids", ids);
  if (openCase()) query.set("open", openCase().dataset.case);
  const focused = document.activeElement?.id;
  await htmx.ajax("GET", `${changes}?${query}`, { target: "#main", swap: "none" });
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  drawn = Math.max(drawn, event);
  await follow();
  setTimeout(() => {
    waiting = false;
    const next = again;
    again = false;
    if (next && next > drawn) ask(next);
  }, 1000);
}

// the person was told something: the bell is drawn anew, at most once a second; nothing else moves
let rings = false;
let rang = false;
async function ring() {
  rang = true;
  if (rings) return;
  rings = true;
  while (rang) {
    rang = false;
    const bell = document.getElementById("bell");
    if (bell && !document.hidden) {
      const focused = document.activeElement === bell;
      await htmx.ajax("GET", bell.dataset.address, { target: "#bell", swap: "outerHTML" });
      if (focused) document.getElementById("bell")?.focus({ preventScroll: true });
    }
    await new Promise((next) => setTimeout(next, 1000));
  }
  rings = false;
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && live) ring();
});

const openCase = () => document.querySelector("#case[data-case]");

// the open case follows what others do with it; while somebody writes in one of its dialogs it only says so
async function follow() {
  const news = document.getElementById("open-news")?.dataset;
  const open = openCase();
  if (!open || news?.case !== open.dataset.case || Number(news.event) <= Number(open.dataset.seen)) return;
  const dialog = open.querySelector("dialog[open]");
  if (dialog) {
    if (!dialog.querySelector(".case__news")) {
      const notice = open.querySelector(".case__news").cloneNode(true);
      notice.hidden = false;
      dialog.querySelector("form").prepend(notice);
    }
    dialog.addEventListener("close", follow, { once: true });
    return;
  }
  const address = open.dataset.address;
  const pane = document.getElementById("pane");
  const [top, focused] = [pane?.scrollTop, open.contains(document.activeElement)];
  document.body.dataset.following = "";
  await htmx.ajax("GET", `${address}?seen=${open.dataset.seen}`, { target: "#case", swap: "outerHTML" });
  delete document.body.dataset.following;
  if (pane) pane.scrollTop = top;
  if (focused && !document.activeElement?.closest("#case")) {
    document.getElementById("case-title")?.focus({ preventScroll: true });
  }
}

// the open case stays open when the new posts are let in
function reload(event) {
  const open = new URL(location.href).searchParams.get("case");
  const link = event.target.closest("[data-reload]");
  if (open) {
    const url = new URL(link.href);
    url.searchParams.set("case", open);
    link.href = url;
  }
}
