// Hidden texts: <details data-veil="post">. What a person chose to read stays open in this tab: on every place where the
// post stands, and when the page is drawn anew around it.
const KEPT = "sereno-read";
const chosen = new Set(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));

export function startVeils() {
  lift();
  document.addEventListener("toggle", remember, true); // toggle does not bubble
  document.body.addEventListener("htmx:afterSettle", lift);
  document.body.addEventListener("htmx:oobAfterSwap", lift);
}

function remember(event) {
  const post = event.target.dataset?.veil;
  if (!post || event.target.open === chosen.has(post)) return;
  if (event.target.open) chosen.add(post);
  else chosen.delete(post);
  sessionStorage.setItem(KEPT, JSON.stringify([...chosen]));
  for (const veil of document.querySelectorAll(`[data-veil="${CSS.escape(post)}"]`)) veil.open = chosen.has(post);
}

function lift() {
  for (const veil of document.querySelectorAll("[data-veil]:not([open])")) {
    if (chosen.has(veil.dataset.veil)) veil.open = true;
  }
}
