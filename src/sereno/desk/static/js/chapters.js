// A long document: a link into a folded chapter opens it, and paper shows all of it.
const open = (hash) => {
  const place = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!place) return;
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  place.scrollIntoView({ block: "start" });
};

addEventListener("hashchange", () => open(location.hash));
document.addEventListener("click", (event) => {
  const link = event.target.closest(".toc a[href^='#']");
  if (link) open(link.hash);
});
open(location.hash);
