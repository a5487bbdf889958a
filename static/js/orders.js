// The order list and the review queue: ticking all, and one panel for stopping any order. Without it one ticks by hand.

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

// One panel for all rows of the review queue: the button says for which order it opens.
for (const button of document.querySelectorAll("[data-stop]")) {
  button.addEventListener("click", () => {
    document.querySelector("[data-stop-order]").value = button.dataset.stop;
    document.querySelector("[data-stop-number]").textContent = button.dataset.number;
  });
}
