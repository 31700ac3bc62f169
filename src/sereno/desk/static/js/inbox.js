// List and reading pane: a case opens beside the list where there is room, else as a page of its own.
const wide = matchMedia("(min-width: 68rem)");

export const rows = () => [...document.querySelectorAll(".row__link")];

export function startInbox() {
  markOpen();
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

async function open(link) {
  await htmx.ajax("GET", link.href, { target: "#case", swap: "outerHTML" });
  document.getElementById("pane").scrollTop = 0;
  const url = new URL(location.href);
  url.searchParams.set("case", link.closest(".row").dataset.case);
  history.replaceState(null, "", url);
  markOpen();
}

// signed out meanwhile: show the sign-in page itself, not inside the pane
function stayOut(event) {
  if (event.detail.xhr.responseURL.includes("/accounts/login")) {
    event.detail.shouldSwap = false;
    location.reload();
  }
}

function focusCase(event) {
  if (event.detail.target.id === "case" && !document.querySelector("dialog[open]")) {
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
