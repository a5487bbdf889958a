// The new order: what is typed is kept on the server every ten seconds, and what the rules would say is shown.
// Without it, the button "Keep for later" keeps the form, and the rules speak once the order is placed.

const form = document.querySelector("form[data-new-order]");
const keptBox = form.querySelector("[data-kept]");
const verdictBox = form.querySelector("[data-verdict]");
const KEEP_EVERY_MS = 10_000;
const VERDICT_WAIT_MS = 600;
let kept = state();
let judged = "";
let timer = 0;
let isSent = false;

function state() {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
}

function send(url) {
  return fetch(url, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
}

async function keep() {
  const now = state();
  if (isSent || now === kept || document.hidden) return;
  try {
    const answer = await send(form.dataset.keepUrl);
    if (!answer.ok || answer.redirected) return;
    kept = now;
    keptBox.innerHTML = await answer.text();
  } catch {
    // No network: the next turn tries again, and the form is still here.
  }
}

async function judge() {
  const now = state();
  if (now === judged) return;
  judged = now;
  const answer = await send(form.dataset.verdictUrl).catch(() => null);
  if (answer?.ok && !answer.redirected && now === judged) verdictBox.innerHTML = await answer.text();
}

setInterval(keep, KEEP_EVERY_MS);
form.addEventListener("submit", () => (isSent = true));
form.addEventListener("focusout", () => {
  clearTimeout(timer);
  timer = setTimeout(judge, VERDICT_WAIT_MS);
});
