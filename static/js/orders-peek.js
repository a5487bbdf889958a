// The panel beside the order list: Space shows the order one stands on, j and k move it along, Esc closes it.
// Without it every order is a page of its own.

const SOON_MS = 90;
const panel = document.getElementById("peek");
const body = document.getElementById("peek-body");
let waiting = 0;
let asking = null;

const isOpen = () => !panel.hidden;
const rowAt = () => document.querySelector("[data-row].is-current");

async function load(row) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const here = `${location.pathname}${location.search}`;
  const address = `${new URL(row.querySelector("a[data-open]").href).pathname}peek/?next=${encodeURIComponent(here)}`;
  const answer = await fetch(address, { signal }).catch(() => null);
  if (signal.aborted || !isOpen()) return;
  if (!answer?.ok || answer.redirected) {
    body.textContent = document.body.dataset.wordFailed;
    return;
  }
  const text = await answer.text().catch(() => "");
  if (!signal.aborted && isOpen()) body.innerHTML = text;
}

function open(row) {
  panel.hidden = false;
  document.body.classList.add("has-peek");
  load(row);
}

function close() {
  asking?.abort();
  clearTimeout(waiting);
  const hadFocus = panel.contains(document.activeElement);
  panel.hidden = true;
  body.replaceChildren();
  document.body.classList.remove("has-peek");
  if (hadFocus) rowAt()?.focus({ preventScroll: true });
}

document.addEventListener("row:peek", (event) => {
  event.preventDefault();
  if (isOpen()) close();
  else open(event.target);
});
document.addEventListener("row:current", (event) => {
  if (!isOpen()) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => load(event.target), SOON_MS);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !isOpen() || event.defaultPrevented) return;
  // A panel within the panel, or a field that is being written in, takes the first Esc.
  if (document.querySelector(":popover-open, dialog[open]") || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
  close();
});
panel.querySelector("[data-peek-off]").addEventListener("click", close);
// Another list has other rows.
document.addEventListener("htmx:afterSwap", (event) => event.target.id === "order-list" && isOpen() && close());
