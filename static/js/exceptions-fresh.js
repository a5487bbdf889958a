// A list of exceptions that stays open: what was solved elsewhere is struck out where it stands, and says by whom.
// Rows never move by themselves.

import { announce } from "./app.js";

const EVERY_MS = 30_000;
const list = document.querySelector("[data-exceptions]");
const openRows = () => [...list.querySelectorAll("[data-row][data-exception]:not(.is-gone)")];

function note(css, words) {
  return Object.assign(document.createElement("div"), { className: css, textContent: words });
}

function strike(row, words) {
  row.classList.add("is-gone");
  row.querySelector(".cell-why").append(note("gone-words", words));
  // An act on ticked rows is not meant for what is done.
  const box = row.querySelector(".cell-pick input");
  box.checked = false;
  box.disabled = true;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  const panel = document.querySelector(`[data-panel] [data-of="${CSS.escape(row.dataset.exception)}"]:not([data-closed])`);
  // What is typed in the panel stays; its buttons are of no use any more.
  panel?.querySelector("h2").after(note("note note-success", words));
  for (const button of panel?.querySelectorAll("[data-fix]") ?? []) button.disabled = true;
}

async function ask() {
  const rows = openRows();
  if (document.hidden || !rows.length) return;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
  body.append("waiting", list.dataset.waiting);
  for (const row of rows) body.append("row", row.dataset.exception);
  const answer = await fetch(list.dataset.fresh, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected || answer.status === 204) return;
  const { gone } = await answer.json();
  const told = rows.filter((row) => row.dataset.exception in gone && !row.classList.contains("is-gone"));
  for (const row of told) strike(row, gone[row.dataset.exception]);
  if (told.length) announce(list.dataset.wordGone);
}

if (list) {
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("connection:back", ask);
  document.addEventListener("exceptions:fresh", ask);
}
