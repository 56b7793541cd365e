// The theme changes at once; the form that carries it tells the server, which keeps it in a cookie.
import htmx from "./htmx.js";

export function preferences() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-theme-choice]")) return;
    event.preventDefault();
    const theme = event.submitter.value;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === event.submitter));
    }
    document.dispatchEvent(new CustomEvent("theme-changed"));
    htmx.ajax("POST", form.getAttribute("action"), { values: { theme }, source: form, swap: "none" });
  });
}
