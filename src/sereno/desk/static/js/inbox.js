// List and reading pane: a case opens beside the list where there is room, else as a page of its own.
import { sayTrouble } from "./trouble.js";

let drawn = location.href;
let nothingOpen = null;
const wide = matchMedia("(min-width: 68rem)");

export const rows = () => [...document.querySelectorAll(".row__link")];

export function startInbox() {
  markOpen();
  leadBack();
  if (document.getElementById("pane")) addEventListener("popstate", travel);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".row__link");
    if (!link || !document.getElementById("pane") || !wide.matches) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });
  document.body.addEventListener("htmx:beforeSwap", stayOut);
  document.body.addEventListener("htmx:afterSwap", focusCase);
  document.body.addEventListener("htmx:oobAfterSwap", markOpen);
  document.body.addEventListener("htmx:afterSettle", markOpen);
}

// a case on a page of its own leads back to the list it was opened from, filters and all
function leadBack() {
  const back = document.querySelector(".page--case .back a");
  if (back && document.referrer.split("?")[0] === back.href) back.href = document.referrer;
}

async function open(link) {
  const url = new URL(location.href);
  const first = !url.searchParams.has("case");
  url.searchParams.set("case", link.closest(".row").dataset.case);
  if (!(await show(link.href))) return;
  // the first case is a step of its own, so that Back leads to the list; the next ones take its place
  history[first ? "pushState" : "replaceState"](null, "", url);
  drawn = url.href;
}

async function show(address) {
  const before = document.getElementById("case");
  if (!before.dataset.case) nothingOpen = before.cloneNode(true);
  await htmx.ajax("GET", address, { target: "#case", swap: "outerHTML" });
  if (document.getElementById("case") === before) return false; // refused: trouble.js has said why
  document.getElementById("pane").scrollTop = 0;
  markOpen();
  return true;
}

// Back and Forward: the list stays, only the case beside it changes; another list is another page
async function travel() {
  const here = new URL(location.href);
  const there = new URL(drawn);
  const wanted = here.searchParams.get("case");
  here.searchParams.delete("case");
  there.searchParams.delete("case");
  if (here.pathname + here.search !== there.pathname + there.search) return location.reload();
  if (here.hash !== there.hash) return;
  drawn = location.href;
  if (wanted) {
    const link = document.getElementById(`open-${wanted}`);
    if (!link || !wide.matches) return location.reload();
    await show(link.href);
  } else if (nothingOpen) {
    document.getElementById("case").replaceWith(nothingOpen.cloneNode(true));
    markOpen();
  } else location.reload();
}

// the answer to a deed was the sign-in page: it does not belong into the pane, and nothing that was typed may go
function stayOut(event) {
  if (event.detail.xhr.responseURL.includes("/accounts/login")) {
    event.detail.shouldSwap = false;
    sayTrouble("session");
  }
}

function focusCase(event) {
  if (event.detail.target.id === "case" && !document.body.dataset.following && !document.querySelector("dialog[open]")) {
    document.getElementById("case-title")?.focus({ preventScroll: true });
  }
}

function markOpen() {
  const open = document.getElementById("pane") && document.getElementById("case")?.dataset.case;
  for (const link of rows()) {
    if (open && link.closest(".row").dataset.case === open) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
