// The query line of the order list: the list follows what is typed, words are suggested, chips lead back into the line.
// Without it the line is a plain form.

import { isComposing } from "./keys.js";

const IDLE_MS = 400;
const SUGGEST_MS = 150;

const form = document.getElementById("query-form");
const input = document.getElementById("query");
let idle = 0;

// --- the list follows -----------------------------------------------------------------------------------------

const drawnFor = () => document.querySelector("[data-drawn-for]")?.dataset.drawnFor ?? "";

/** While the list shows something else than the line says, nothing can be done to "all of this list". */
function holdBulk() {
  const bulk = document.getElementById("bulk");
  const isOld = input.value.trim() !== drawnFor();
  if (!bulk) return;
  bulk.inert = isOld;
  if (isOld) for (const box of document.querySelectorAll('[form="bulk"], #bulk [name=scope]')) box.checked = false;
}

function ask() {
  clearTimeout(idle);
  if (input.value.trim() !== drawnFor()) window.htmx.trigger(form, "query-idle");
}

input.addEventListener("input", (event) => {
  clearTimeout(idle);
  if (event.isComposing) return;
  holdBulk();
  idle = setTimeout(ask, IDLE_MS);
});
input.addEventListener("compositionend", () => {
  holdBulk();
  idle = setTimeout(ask, IDLE_MS);
});

// A tab or a chip may have changed the line; whoever is typing in it goes on.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "order-list") return;
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  if (event.detail.requestConfig.elt !== form) input.value = drawnFor() || asked;
  holdBulk();
});
// An act that is on its way was meant for the list that was seen: htmx must not exchange it meanwhile.
document.addEventListener("submit", (event) => event.target.id === "bulk" && clearTimeout(idle));

// --- chips ----------------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const words = event.target.closest("label.chip-words");
  if (!words) return;
  event.preventDefault();
  input.focus();
  input.setSelectionRange(Number(words.dataset.from), Number(words.dataset.to));
});

// --- suggestions ----------------------------------------------------------------------------------------------

const list = document.createElement("div");
list.id = "query-suggestions";
list.className = "find-list";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", input.dataset.wordSuggestions);
form.append(list);
for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
  input.setAttribute(name, value);
}

let waiting = 0;
let latest = "";
const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

/** The word at the caret: [from, to] in the line. Blanks within quotes part nothing. */
function wordAtCaret() {
  const caret = input.selectionStart ?? input.value.length;
  let from = 0;
  let inQuotes = false;
  for (let at = 0; at < caret; at += 1) {
    if (/["“”]/.test(input.value[at])) inQuotes = !inQuotes;
    else if (/\s/.test(input.value[at]) && !inQuotes) from = at + 1;
  }
  return [from, caret];
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

function close() {
  clearTimeout(waiting);
  latest = null;
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  choose(null);
}

function show(found) {
  list.replaceChildren(
    ...found.map(({ insert, label, words, is_complete }, place) => {
      const option = Object.assign(document.createElement("button"), {
        type: "button", className: "find-hit", tabIndex: -1, id: `${list.id}-${place}`,
      });
      option.setAttribute("role", "option");
      option.append(Object.assign(document.createElement("span"), { textContent: label }));
      if (words) option.append(Object.assign(document.createElement("span"), { className: "quiet", textContent: words }));
      option.addEventListener("click", () => put(insert, is_complete));
      return option;
    }),
  );
  list.hidden = !found.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  choose(null);
}

function put(insert, isComplete) {
  const [from, to] = wordAtCaret();
  const rest = input.value.slice(to).trimStart();
  const head = input.value.slice(0, from) + insert + (isComplete ? " " : "");
  input.value = head + rest;
  input.focus();
  input.setSelectionRange(head.length, head.length);
  close();
  holdBulk();
  if (isComplete) ask();
  else suggest();
}

async function suggest() {
  const [from, to] = wordAtCaret();
  const word = input.value.slice(from, to);
  latest = word;
  const url = `${input.dataset.suggestUrl}?word=${encodeURIComponent(word)}`;
  const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
  if (latest !== word || document.activeElement !== input) return;
  show(answer?.ok && !answer.redirected ? (await answer.json()).options : []);
}

function suggestSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, SUGGEST_MS);
}

input.addEventListener("input", (event) => !event.isComposing && suggestSoon());
input.addEventListener("compositionend", suggestSoon);
input.addEventListener("click", suggestSoon);
input.addEventListener("blur", () => setTimeout(() => document.activeElement === input || close(), 150));
list.addEventListener("pointerdown", (event) => event.preventDefault());
form.addEventListener("submit", () => close());

input.addEventListener("keydown", (event) => {
  if (isComposing(event)) return;
  const all = options();
  const at = all.indexOf(chosen());
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) return void suggest();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]);
  } else if ((event.key === "Enter" || event.key === "Tab") && !list.hidden && chosen()) {
    event.preventDefault();
    chosen().click();
  } else if (event.key === "Escape" && !list.hidden) {
    event.stopPropagation();
    close();
  } else if (event.key === "Backspace" && !input.value) {
    [...document.querySelectorAll(".query-chips [data-remove-chip]")].at(-1)?.click();
  }
});

// --- back to the row ------------------------------------------------------------------------------------------

// The browser's Back loads the list anew: its address says which row one left it from, and the page where it stood.
const placeKey = () => `scroll ${location.pathname}${location.search}`;
document.addEventListener("click", (event) => {
  const link = event.target.closest("#order-list a[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const here = new URL(location.href);
  here.searchParams.set("focus", link.closest("[data-row]").id.replace("row-", ""));
  history.replaceState(history.state, "", here);
  sessionStorage.setItem(placeKey(), String(window.scrollY));
});
const left = sessionStorage.getItem(placeKey());
if (left && new URLSearchParams(location.search).has("focus")) {
  sessionStorage.removeItem(placeKey());
  window.scrollTo(0, Number(left));
}
