// Links marked with data-opens show a dialog instead of following their address; without scripts they lead to a page.

function open(dialog) {
  if (!dialog.open) dialog.showModal();
}

export function dialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog) {
      event.preventDefault();
      open(dialog);
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement) event.target.close();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const dialog of document.querySelectorAll("dialog[data-open-now]")) open(dialog);
  });
  for (const dialog of document.querySelectorAll("dialog[data-open-now]")) open(dialog);
}
