// The order list and one order: ticking many at once, and closing the small reason forms. All of it works without this.

const bulk = document.querySelector("form[data-bulk]");
if (bulk) {
  const boxes = () => [...document.querySelectorAll('input[name=order][form="bulk"]')];
  const all = bulk.querySelector("[data-pick-all]");
  const told = bulk.querySelector("[data-picked]");
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    told.textContent = ticked ? `${ticked} ${told.dataset.word}` : "";
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && ticked < boxes().length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  document.addEventListener("change", (event) => event.target.matches('input[name=order]') && show());
  // The browser may bring ticks back when the page is shown again.
  window.addEventListener("pageshow", show);
}

const open = () => document.querySelectorAll("details.with-reason[open]");
for (const details of document.querySelectorAll("details.with-reason")) {
  details.addEventListener("toggle", () => details.open && details.querySelector("input[name=reason]")?.focus());
}
document.addEventListener("click", (event) => {
  for (const details of open()) if (!details.contains(event.target)) details.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const details of open()) {
    details.open = false;
    details.querySelector("summary").focus();
  }
});
