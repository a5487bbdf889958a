// A list that stays open: it is told of new orders, and rows that are not true any more are marked where they stand.
// Rows never move by themselves.

import { announce } from "./app.js";

const EVERY_MS = 30_000;
const words = document.getElementById("peek").dataset;

function mark(row, { state, status }) {
  row.dataset.state = state;
  row.classList.add("is-changed");
  const cell = row.querySelector(".cell-status");
  if (cell) cell.innerHTML = status;
  const main = row.querySelector(".cell-main");
  if (main.querySelector(".dot")) return;
  const dot = Object.assign(document.createElement("span"), { className: "dot", title: words.wordChanged });
  dot.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: words.wordChanged }));
  main.querySelector("a[data-open]").after(dot);
}

function tell(fresh) {
  const link = document.querySelector("[data-new-rows]");
  if (link.textContent !== fresh.new) {
    link.textContent = fresh.new;
    link.hidden = !fresh.new;
    if (fresh.new) announce(fresh.new);
  }
  const changed = Object.entries(fresh.changed);
  for (const [pk, now] of changed) {
    const row = document.querySelector(`[data-row]:has(input[name=order][value="${pk}"])`);
    if (row) mark(row, now);
  }
  if (changed.length) announce(words.wordRows);
}

async function ask() {
  const list = document.querySelector("[data-fresh]");
  if (document.hidden || !list) return;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
  body.append("list", list.dataset.list);
  body.append("newest", list.dataset.newest);
  for (const row of list.querySelectorAll("[data-row]")) {
    body.append("row", `${row.querySelector("input[name=order]").value}:${row.dataset.state}`);
  }
  const answer = await fetch(list.dataset.fresh, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected || !list.isConnected) return;
  tell(answer.status === 204 ? { new: "", changed: {} } : await answer.json());
}

setInterval(ask, EVERY_MS);
document.addEventListener("visibilitychange", ask);
document.addEventListener("orders:fresh", ask);
