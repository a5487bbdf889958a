// Editing an order in place: `e` opens the part one is in, Esc goes back, and an open form tells colleagues of itself.

import "./keep.js";
import "./orders-new.js";

const BEAT_MS = 15_000;

// --- opening a part ------------------------------------------------------------------------------------------------

let lastSeen = null;
document.addEventListener("pointerover", (event) => (lastSeen = event.target.closest?.("[data-part]") ?? lastSeen));

/** `e` on the order's page: the part with the focus or under the pointer, else the whole form on its page. */
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest("a[data-edit-order]");
    // A click by the key has no pointer position.
    if (!link || event.detail > 0 || event.clientX > 0) return;
    const part = document.activeElement?.closest("[data-part]") ?? document.querySelector("[data-part]:hover") ?? lastSeen;
    const opener = part?.isConnected ? part.querySelector("a[data-edit-part]") : null;
    if (!opener) return;
    event.preventDefault();
    opener.click();
  },
  true,
);

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const box = detail.elt?.closest?.("[data-edit-box]") ?? document.querySelector("section[data-edit-box]");
  if (!box) return;
  const first = box.querySelector("[data-focus-me]") ?? box.querySelector("input:not([type=hidden]), textarea");
  first?.focus();
  first?.select?.();
});

// --- going back ----------------------------------------------------------------------------------------------------

function closeConsequences(box) {
  const panel = box.querySelector("[data-consequences]");
  if (!panel) return false;
  const form = panel.closest("form");
  panel.remove();
  form.querySelector("input:not([type=hidden]), textarea")?.focus();
  return true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-consequences-off]");
  if (button) closeConsequences(button.closest("[data-edit-box]"));
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open], :popover-open")) return;
    const box = document.activeElement?.closest("[data-edit-box]") ?? document.querySelector("[data-edit-box]");
    if (!box) return;
    const inPanel = box.querySelector("[data-consequences]");
    if (inPanel) {
      event.preventDefault();
      closeConsequences(box);
    } else if (!document.activeElement?.matches("input, textarea, select")) {
      // The first Esc leaves the field, the second the form.
      event.preventDefault();
      box.querySelector("a[data-edit-back]")?.click();
    }
  },
  true,
);

// A line that is taken off looks so at once.
document.addEventListener("input", (event) => {
  if (!/^line-\d+-quantity$/.test(event.target.name ?? "")) return;
  event.target.closest("tr").classList.toggle("line-off", /^\s*[0０]+\s*$/.test(event.target.value));
});

// --- who else ------------------------------------------------------------------------------------------------------

async function tell(strip) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!token || document.hidden) return;
  const body = new URLSearchParams(strip.hasAttribute("data-beat") ? {} : { look: "1" });
  try {
    const headers = { "X-CSRFToken": token, "X-Requested-With": "fetch" };
    const answer = await fetch(strip.dataset.editors, { method: "POST", body, headers, redirect: "manual" });
    if (answer.ok) strip.innerHTML = await answer.text();
  } catch {
    // Offline: nobody is told, and nothing else depends on it.
  }
}

const tellAll = () => {
  const strips = [...document.querySelectorAll("[data-editors]")];
  const beating = strips.filter((strip) => strip.hasAttribute("data-beat"));
  (beating.length ? beating : strips).forEach(tell);
};
tellAll();
setInterval(tellAll, BEAT_MS);
document.addEventListener("htmx:load", ({ target }) => target.matches?.("[data-edit-box]") && tellAll());
