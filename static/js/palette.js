// Ctrl+K: anything one may do on this page, go to, or look for. The search box shows the same hits while one types.
// And every half minute the counts beside the navigation. Without this script the search box leads to the order list.

import { isComposing, isVisible, labelOf } from "./keys.js";

const words = document.body.dataset;
const WAIT_MS = 150;
const COUNTS_MS = 30_000;

// --- a list of choices under a field ----------------------------------------------------------------------------

/** Choices below `input`; `extra(text)` gives groups known here, the server gives the rest. */
function choices(input, list, extra) {
  let timer = 0;
  let latest = "";
  const options = () => [...list.querySelectorAll("[role=option]")];
  const current = () => list.querySelector("[aria-selected=true]");

  const select = (option) => {
    current()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const show = (groups) => {
    list.replaceChildren();
    for (const { label, hits } of groups) {
      const heading = Object.assign(document.createElement("div"), { className: "find-kind", textContent: label });
      list.append(heading, ...hits.map((hit) => optionOf(hit)));
    }
    options().forEach((option, place) => (option.id = `${list.id}-${place}`));
    if (!groups.length && input.value.trim()) {
      list.append(Object.assign(document.createElement("div"), { className: "find-kind", textContent: words.wordNothing }));
    }
    list.hidden = !list.childElementCount;
    input.setAttribute("aria-expanded", String(!list.hidden));
    select(null);
  };

  const ask = async () => {
    const text = input.value.trim();
    latest = text;
    const here = extra(text);
    if (!text) return show(here);
    const answer = await fetch(`/ui/find/?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    // What was typed meanwhile has asked for itself.
    if (text !== latest) return;
    show([...here, ...(answer?.ok && !answer.redirected ? (await answer.json()).groups : [])]);
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const all = options();
    const at = all.indexOf(current());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      select(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]);
    } else if (event.key === "Enter" && current()) {
      event.preventDefault();
      current().click();
    } else if (event.key === "Escape" && !list.hidden) close();
  });
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };
  return { ask, close, options };
}

function optionOf({ label, detail, url, hotkey, act }) {
  const option = document.createElement(url ? "a" : "button");
  option.className = "find-hit";
  option.tabIndex = -1;
  option.setAttribute("role", "option");
  if (url) option.href = url;
  else option.type = "button";
  if (act) option.addEventListener("click", act);
  option.append(Object.assign(document.createElement("span"), { textContent: label }));
  if (detail) option.append(Object.assign(document.createElement("span"), { className: "quiet", textContent: detail }));
  if (hotkey) option.append(Object.assign(document.createElement("kbd"), { textContent: hotkey.toUpperCase() }));
  return option;
}

function prepare(input, list, id) {
  list.id = id;
  list.hidden = true;
  list.className = "find-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.wordFind);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", id], ["aria-autocomplete", "list"]]) {
    input.setAttribute(name, value);
  }
}

// --- the palette ------------------------------------------------------------------------------------------------

/** Everything on this page that has a key: its acts and the navigation. */
function acts(text, close) {
  const wanted = text.toLowerCase();
  const seen = new Set();
  const hits = [];
  for (const element of document.querySelectorAll("[data-hotkey]")) {
    const label = labelOf(element);
    const { hotkey } = element.dataset;
    if (seen.has(hotkey) || !label.toLowerCase().includes(wanted) || element.matches("input:not([type=checkbox])")) continue;
    if (!isVisible(element) && !element.closest("nav")) continue;
    seen.add(hotkey);
    hits.push({ label, hotkey, act: () => (close(), element.click()) });
  }
  return hits.length ? [{ label: words.wordHere, hits }] : [];
}

function openPalette() {
  if (document.querySelector("dialog[open]")) return;
  const dialog = Object.assign(document.createElement("dialog"), { className: "palette" });
  dialog.setAttribute("aria-label", words.wordFind);
  const input = Object.assign(document.createElement("input"), {
    type: "text", className: "form-control", placeholder: words.wordFind, autocomplete: "off", spellcheck: false,
  });
  input.setAttribute("aria-label", words.wordFind);
  const list = document.createElement("div");
  prepare(input, list, "palette-list");
  dialog.append(input, list);
  document.body.append(dialog);
  const close = () => dialog.close();
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  const shown = choices(input, list, (text) => acts(text, close));
  dialog.showModal();
  shown.ask();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === "KeyK" && !isComposing(event)) {
    event.preventDefault();
    openPalette();
  }
});

// --- the search box ---------------------------------------------------------------------------------------------

const box = document.querySelector(".finder input[name=q]");
if (box) {
  const list = document.createElement("div");
  prepare(box, list, "finder-list");
  box.closest(".finder").append(list);
  const shown = choices(box, list, () => []);
  document.addEventListener("click", (event) => !event.target.closest(".finder") && shown.close());
  box.closest(".finder").addEventListener("focusout", (event) => {
    if (!event.relatedTarget?.closest(".finder")) setTimeout(shown.close, 150);
  });
}

// --- counts -----------------------------------------------------------------------------------------------------

async function refreshCounts() {
  if (document.hidden) return;
  const answer = await fetch("/ui/counts/", { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const counts = await answer.json();
  for (const link of document.querySelectorAll("#nav a")) {
    const count = counts[link.getAttribute("href")];
    let shown = link.querySelector(".count");
    if (!count) shown?.remove();
    else {
      if (!shown) link.append((shown = Object.assign(document.createElement("span"), { className: "count num" })));
      shown.textContent = count;
    }
  }
}
if (document.getElementById("nav")) {
  setInterval(refreshCounts, COUNTS_MS);
  document.addEventListener("connection:back", refreshCounts);
}
