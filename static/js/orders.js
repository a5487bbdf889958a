// The order list and the review queue: ticking many, and one panel for stopping any order. Without it one ticks by hand.

const bulk = document.querySelector("form[data-bulk]");
if (bulk) {
  const boxes = () => [...document.querySelectorAll('.cell-pick input[form="bulk"]')];
  const all = bulk.querySelector("[data-pick-all]");
  const scope = bulk.querySelector("[name=scope]");
  const told = bulk.querySelector("[data-picked]");
  const pick = (isTicked) => {
    for (const box of boxes()) box.checked = isTicked;
  };
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    told.textContent = ticked ? `${ticked} ${told.dataset.word}` : "";
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && ticked < boxes().length;
    // Whoever unticks one order does not mean all of them any more.
    if (scope && !all.checked) scope.checked = false;
  };
  all.addEventListener("change", () => {
    pick(all.checked);
    show();
  });
  scope?.addEventListener("change", () => {
    if (scope.checked) pick(true);
    show();
  });
  bulk.querySelector("[data-pick-none]").addEventListener("click", () => {
    pick(false);
    show();
  });
  // Nothing ticked: the act is meant for the row one stands on.
  bulk.addEventListener("submit", () => {
    const current = document.querySelector("[data-row].is-current .cell-pick input");
    if (current && !boxes().some((box) => box.checked)) current.checked = true;
  });
  document.addEventListener("change", (event) => event.target.matches(".cell-pick input") && show());
  // The browser may bring ticks back when the page is shown again.
  window.addEventListener("pageshow", show);
}

// A job that is not finished goes on while somebody looks at it.
const goOn = document.querySelector("form[data-go-on]");
if (goOn) setTimeout(() => goOn.requestSubmit(), 500);

// One panel for all rows of the review queue: the button says for which order it opens.
for (const button of document.querySelectorAll("[data-stop]")) {
  button.addEventListener("click", () => {
    document.querySelector("[data-stop-order]").value = button.dataset.stop;
    document.querySelector("[data-stop-number]").textContent = button.dataset.number;
  });
}
