// Small things: toasts that leave, menus that close, upload progress, secrets that select themselves.
const TOAST_MILLISECONDS = 8000;

export function startSmallThings() {
  leave();
  document.body.addEventListener("htmx:afterSettle", leave);
  document.body.addEventListener("htmx:oobAfterSwap", leave);
  document.body.addEventListener("htmx:xhr:progress", (event) => {
    const bar = document.getElementById("upload-progress");
    if (!bar || !event.detail.lengthComputable) return;
    bar.closest("p").hidden = false;
    bar.value = (100 * event.detail.loaded) / event.detail.total;
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-select]")) event.target.select();
  });
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus({ target: document.body });
  });
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details[name=menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}

// what went well leaves by itself; what went wrong stays until the page changes
function leave() {
  for (const toast of document.querySelectorAll(".toast:not(.toast--error):not([data-leaving])")) {
    toast.dataset.leaving = "";
    setTimeout(() => toast.remove(), TOAST_MILLISECONDS);
  }
}
