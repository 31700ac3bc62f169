// A link with data-dialog opens that dialog where it stands; without this script it leads to the same form as a page.
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    else if (event.target.nodeName === "DIALOG") event.target.close(); // beside the dialog: its backdrop
  });
  document.body.addEventListener("htmx:afterSwap", openAsked);
  openAsked();
}

function openAsked() {
  const asked = document.querySelector("dialog[data-open]:not([open])");
  if (asked) {
    asked.removeAttribute("data-open");
    asked.showModal();
  }
}
