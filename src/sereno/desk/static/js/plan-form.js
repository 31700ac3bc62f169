// A form of the plan: leaving it with unsaved changes is asked about first. Everything else works without this script.
let dirty = document.querySelector("[data-unsaved]") !== null;
const form = () => document.getElementById("entry-form");

document.addEventListener("input", (event) => {
  if (form()?.contains(event.target)) dirty = true;
});
document.addEventListener("submit", () => {
  dirty = false;
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "entry" && !document.querySelector("#entry [data-unsaved]")) return;
  dirty = true;
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-leave]")) dirty = false;
});
addEventListener("beforeunload", (event) => {
  if (dirty) event.preventDefault();
});
