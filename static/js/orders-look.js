// Columns of the order list: the form opens as a panel, and columns move without asking the server.
// Without it the form is a page, and its buttons send it.

import { announce } from "./app.js";

const panel = document.getElementById("look-panel");

document.addEventListener("htmx:afterSwap", (event) => {
  if (panel && event.target === panel) panel.showModal();
});

document.addEventListener("click", (event) => {
  if (panel?.open && event.target.closest("[data-look-off]")) {
    event.preventDefault();
    return panel.close();
  }
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  const item = button.closest("[data-column]");
  const other = button.dataset.move === "up" ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (button.dataset.move === "up") other.before(item);
  else other.after(item);
  button.focus();
  const all = [...item.parentElement.children];
  announce(`${item.querySelector(".form-check-label").textContent} ${all.indexOf(item) + 1} / ${all.length}`);
});
