// The key layer. Any link, button or field with data-hotkey="c" or "g o" gets that key; tables with data-rows get
// j k Enter x. Letters can be switched off per person (<html data-hotkeys="off">); Ctrl+Enter and Esc always work.

const SEQUENCE_MS = 1200;
const WHEN_NOT_ASCII = { Slash: "/", BracketLeft: "[", BracketRight: "]", Digit8: "8", Period: ".", Comma: "," };
const WHEN_SHIFTED = { Slash: "?", Digit8: "*" };

let pending = "";
let pendingTimer = 0;

/** The key's name independent of the input method: `e.code` when a Chinese IME or layout hides the letter. */
export function keyName(event) {
  if (event.key.length > 1 && event.key !== "Process" && event.key !== "Unidentified") return event.key;
  if (/^[!-~]$/.test(event.key)) return event.key.toLowerCase();
  if (event.code.startsWith("Key")) return event.code.slice(3).toLowerCase();
  return (event.shiftKey && WHEN_SHIFTED[event.code]) || WHEN_NOT_ASCII[event.code] || event.key;
}

const isTyping = (target) => target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
export const isComposing = (event) => event.isComposing || event.keyCode === 229;
const lettersAreOn = () => document.documentElement.dataset.hotkeys !== "off";
export const isVisible = (element) => element.getClientRects().length > 0;

function press(hotkey) {
  const all = [...document.querySelectorAll(`[data-hotkey="${CSS.escape(hotkey)}"]`)];
  // The page's own comes before the frame's. The menu is closed on small screens and the keys sheet button sits in
  // one: those still answer.
  const visible = all.filter(isVisible);
  const element = visible.find((one) => one.closest("main")) ?? visible[0] ?? all[0];
  if (!element) return false;
  if (element.matches("input:not([type=checkbox]), textarea, select")) {
    element.focus();
    element.select?.();
  } else element.click();
  return true;
}

// --- rows -----------------------------------------------------------------------------------------------------

const rowsOf = (table) => [...table.querySelectorAll("[data-row]")].filter(isVisible);
const activeTable = () => document.activeElement?.closest("[data-rows]") ?? document.querySelector("[data-rows]");

function currentRow() {
  return document.querySelector("[data-row].is-current");
}

export function makeCurrent(row) {
  for (const other of document.querySelectorAll("[data-row].is-current")) {
    other.classList.remove("is-current");
    other.tabIndex = -1;
    other.removeAttribute("aria-current");
  }
  row.classList.add("is-current");
  row.setAttribute("aria-current", "true");
  row.tabIndex = 0;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function moveRow(step) {
  const table = activeTable();
  if (!table) return false;
  const rows = rowsOf(table);
  if (!rows.length) return false;
  const at = rows.indexOf(currentRow());
  makeCurrent(rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)]);
  return true;
}

// A search that found one order needs no choosing.
function onlyRow() {
  const table = activeTable();
  const rows = table ? rowsOf(table) : [];
  return rows.length === 1 ? rows[0] : null;
}

function onRow(act) {
  const row = currentRow() ?? onlyRow();
  if (!row) return false;
  if (act === "open") (row.querySelector("a[data-open]") ?? row.querySelector("a"))?.click();
  else row.querySelector(".cell-pick input")?.click();
  return true;
}

const ROW_KEYS = {
  j: () => moveRow(1),
  k: () => moveRow(-1),
  x: () => onRow("pick"),
};
const QUIET_ROW_KEYS = {
  ArrowDown: () => moveRow(1),
  ArrowUp: () => moveRow(-1),
  Enter: () => onRow("open"),
};

// --- the sheet of keys (?) -------------------------------------------------------------------------------------

function showKeys() {
  document.querySelector("dialog.keys-sheet")?.remove();
  const sheet = Object.assign(document.createElement("dialog"), { className: "keys-sheet" });
  const list = document.createElement("dl");
  const seen = new Set();
  const own = document.querySelectorAll("main [data-hotkey]");
  for (const element of [...own, ...document.querySelectorAll("[data-hotkey]")]) {
    const hotkey = element.dataset.hotkey;
    if (seen.has(hotkey)) continue;
    seen.add(hotkey);
    const name = document.createElement("dt");
    for (const part of hotkey.split(" ")) {
      name.append(Object.assign(document.createElement("kbd"), { textContent: part.toUpperCase() }), " ");
    }
    list.append(name, Object.assign(document.createElement("dd"), { textContent: labelOf(element) }));
  }
  sheet.append(Object.assign(document.createElement("h2"), { textContent: document.body.dataset.wordKeys }), list);
  const close = Object.assign(document.createElement("button"), { className: "btn", textContent: document.body.dataset.wordClose });
  close.addEventListener("click", () => sheet.close());
  sheet.append(close);
  document.body.append(sheet);
  sheet.showModal();
}

export function labelOf(element) {
  const clone = element.cloneNode(true);
  clone.querySelectorAll("kbd, .count, .visually-hidden, .act-why").forEach((part) => part.remove());
  return element.getAttribute("aria-label") || clone.textContent.trim() || element.title;
}

document.addEventListener("click", (event) => event.target.closest("[data-show-keys]") && showKeys());

// --- listening --------------------------------------------------------------------------------------------------

function handle(event) {
  const key = keyName(event);
  if (event.target.closest("[data-row]") === event.target || event.target === document.body) {
    if (QUIET_ROW_KEYS[key]?.()) return true;
  }
  if (!lettersAreOn()) return false;
  clearTimeout(pendingTimer);
  const sequence = pending ? `${pending} ${key}` : key;
  pending = "";
  if (press(sequence)) return true;
  if (document.querySelector(`[data-hotkey^="${CSS.escape(key)} "]`)) {
    pending = key;
    pendingTimer = setTimeout(() => (pending = ""), SEQUENCE_MS);
    return true;
  }
  return ROW_KEYS[key]?.() ?? false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || isComposing(event)) return;
  if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form[method=post]") ?? document.querySelector("form[data-primary]");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (handle(event)) event.preventDefault();
});

// Back to a list: ?focus=<row id> puts the row where it was.
const focus = new URLSearchParams(location.search).get("focus");
const remembered = focus && document.getElementById(`row-${focus}`);
if (remembered) makeCurrent(remembered);
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && !event.target.closest("a, button, input, label")) makeCurrent(row);
});
