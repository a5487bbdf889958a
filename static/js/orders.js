// The order list: ticking many. Without it one ticks by hand.

// The list is exchanged while one types: nothing here holds on to its parts.
const bulk = () => document.querySelector("form[data-bulk]");
const boxes = () => [...document.querySelectorAll('[type=checkbox][form="bulk"]')];

function pick(isTicked) {
  for (const box of boxes()) box.checked = isTicked;
}

function show() {
  const bar = bulk();
  if (!bar) return;
  const all = document.querySelector("[data-pick-all]");
  const scope = bar.querySelector("[name=scope]");
  const told = bar.querySelector("[data-picked]");
  const ticked = boxes().filter((box) => box.checked).length;
  told.textContent = ticked ? `${ticked} ${told.dataset.word}` : "";
  all.checked = ticked > 0 && ticked === boxes().length;
  all.indeterminate = ticked > 0 && ticked < boxes().length;
  // Whoever unticks one order does not mean all of them any more.
  if (scope && !all.checked) scope.checked = false;
  bar.classList.toggle("has-picks", ticked > 0);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-pick-all]")) pick(target.checked);
  else if (target.matches("form[data-bulk] [name=scope]")) {
    if (target.checked) pick(true);
  } else if (!target.matches('[type=checkbox][form="bulk"]')) return;
  show();
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-pick-none]")) {
    pick(false);
    show();
  }
});
// Nothing ticked: the act is meant for the row one stands on.
document.addEventListener(
  "submit",
  ({ target }) => {
    if (!target.matches("form[data-bulk]")) return;
    const current = document.querySelector('[data-row].is-current [type=checkbox][form="bulk"]');
    if (current && !boxes().some((box) => box.checked)) current.checked = true;
  },
  true,
);
// The browser may bring ticks back when the page is shown again.
window.addEventListener("pageshow", show);

// A job that is not finished goes on while somebody looks at it.
const goOn = document.querySelector("form[data-go-on]");
if (goOn) setTimeout(() => goOn.requestSubmit(), 500);
