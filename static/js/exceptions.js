// The exception queue: the panel follows the row one stands on, and a pasted address finds its fields.
// Without it, a row's link shows its panel, and the button "Fill in" does the rest with a reload.

import { makeCurrent } from "./keys.js";

const holder = document.querySelector("[data-panel]");
const bulk = document.getElementById("bulk");
let wanted = "";

// --- the panel ------------------------------------------------------------------------------------------------

async function show(row) {
  const id = row.dataset.exception;
  if (!id || holder.querySelector("[data-of]")?.dataset.of === id) return;
  wanted = id;
  const answer = await fetch(`${holder.dataset.panelUrl}${id}/`);
  if (!answer.ok || wanted !== id) return;
  holder.innerHTML = await answer.text();
  if (holder.querySelector("[data-closed]")) document.dispatchEvent(new Event("exceptions:fresh"));
}

if (holder) {
  document.addEventListener("focusin", (event) => event.target.matches?.("[data-row][data-exception]") && show(event.target));
  const shown = document.querySelector("[data-shown]");
  if (shown && !document.querySelector("[data-focus-me], .error-summary")) makeCurrent(shown);
  // On a small screen the panel lies below the list.
  if (location.hash === "#panel") holder.scrollIntoView();
}

// With ticks the act is meant for them, not for the row in the panel.
bulk?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.hasAttribute("data-fix")) return;
  const ticked = document.querySelector('.cell-pick input[form="bulk"]:checked');
  if (ticked) button.removeAttribute("name");
});

// --- the pasted address ---------------------------------------------------------------------------------------

async function takeApart(form) {
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "pasted"]) body.append(name, form.elements[name].value);
  try {
    const answer = await fetch(form.dataset.pasteUrl, { method: "POST", body });
    const { fields, html } = await answer.json();
    for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
    form.querySelector("[data-pasted]").innerHTML = html;
  } catch {
    const detail = { text: document.body.dataset.wordOffline, tone: "error" };
    document.dispatchEvent(new CustomEvent("toast", { detail }));
  }
}

const addressOf = (target) => target.closest?.("form[data-address]");

document.addEventListener("paste", ({ target }) => {
  const form = target.name === "pasted" && addressOf(target);
  if (form) setTimeout(() => takeApart(form));
});
document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-fill-in]") && addressOf(event.target);
  if (!form) return;
  event.preventDefault();
  takeApart(form);
});
