// The review queue: opens beside the list, keeps the claim alive, tells of colleagues, and gives the panels their keys.
// Without it every order is a page of its own and each button a form.

import { announce, toast } from "./app.js";

const KEEP_MS = 30_000;
const GONE_MS = 2_500;
const isWide = () => matchMedia("(min-width: 1200px)").matches;
const desk = () => document.getElementById("review-desk");
const entries = () => [...document.querySelectorAll("[data-entry]")];
const into = { target: "#review-desk", swap: "outerHTML" };

// --- opening ----------------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-entry] > a");
  if (!link || !isWide() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  window.htmx.ajax("GET", link.href, into);
});

function arrive() {
  const now = desk();
  document.querySelector(".review").classList.toggle("has-order", Boolean(now.dataset.number));
  // An open panel is of the order before.
  now.querySelector("[data-open-now]")?.showPopover();
  document.querySelector("[data-entry][aria-current]")?.scrollIntoView({ block: "nearest" });
  const told = now.querySelector("[data-told]");
  announce([told?.textContent, now.dataset.number].filter(Boolean).join(" "));
}
document.addEventListener("htmx:afterSettle", (event) => event.target.id === "review-desk" && arrive());

// htmx is loaded before this module; its settings are read when the page is ready.
const begin = desk()?.dataset.begin;
if (begin && isWide()) addEventListener("load", () => window.htmx.ajax("POST", begin, into));

// --- keys of a panel ----------------------------------------------------------------------------------------------

// A digit answers only while its panel is open. Before it opens, because a fast hand presses the digit at once.
document.addEventListener(
  "beforetoggle",
  (event) => {
    for (const element of event.target.querySelectorAll?.("[data-when-open]") ?? []) {
      if (event.newState === "open") element.dataset.hotkey = element.dataset.whenOpen;
      else delete element.dataset.hotkey;
    }
  },
  true,
);

// --- colleagues ---------------------------------------------------------------------------------------------------

const said = (word, name) => desk().dataset[word].replace("%s", name);

function mark(entry, words) {
  entry.querySelector("[data-holder]").textContent = words;
}

async function keep() {
  const { number, keep: address } = desk()?.dataset ?? {};
  if (!number || document.hidden) return;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", desk().querySelector("input[name=csrfmiddlewaretoken]").value);
  for (const entry of entries()) body.append("shown", entry.dataset.entry);
  const answer = await fetch(address, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || desk().dataset.number !== number) return;
  const { looked_at: lookedAt, gone } = await answer.json();
  for (const entry of entries()) {
    const name = entry.dataset.entry;
    if (gone[name]) {
      mark(entry, said("wordGone", gone[name]));
      entry.classList.add("is-gone");
      setTimeout(() => entry.remove(), GONE_MS);
    } else mark(entry, lookedAt[name] ? said("wordHolder", lookedAt[name]) : "");
  }
  if (gone[number]) toast({ text: said("wordMoved", gone[number]), tone: "error" });
}
setInterval(keep, KEEP_MS);
document.addEventListener("visibilitychange", keep);
document.addEventListener("review:keep", keep);
