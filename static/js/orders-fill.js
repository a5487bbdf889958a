// The new order: a pasted address goes to its fields, and known customers show while a phone is typed.
// Without it, the buttons "Fill in" and "Find the customer by phone" do the same with a reload.

const form = document.querySelector("form[data-new-order]");
const pasted = form.elements.pasted;
const pastedBox = form.querySelector("[data-pasted]");
const phone = form.elements.customer_phone;
const knownBox = form.querySelector("[data-known]");
const WAIT_MS = 250;
const FEWEST_DIGITS = 3;
let timer = 0;
let latest = 0;

/** Send fields of the form; the CSRF token goes along. */
function ask(url, names) {
  const body = new FormData();
  for (const name of new Set(["csrfmiddlewaretoken", ...names])) body.append(name, form.elements[name].value);
  return fetch(url, { method: "POST", body });
}

function fill(fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    field.value = value;
    if (value) field.closest("details")?.setAttribute("open", "");
  }
}

// --- the paste box --------------------------------------------------------------------------------------------

async function takeApart() {
  try {
    const answer = await ask(form.dataset.addressUrl, ["pasted", "customer_name", "customer_phone"]);
    const { fields, html } = await answer.json();
    fill(fields);
    pastedBox.innerHTML = html;
    hint();
  } catch {
    const detail = { text: document.body.dataset.wordOffline, tone: "error" };
    document.dispatchEvent(new CustomEvent("toast", { detail }));
  }
}

pasted.addEventListener("paste", () => setTimeout(takeApart));
form.querySelector("[data-fill-in]").addEventListener("click", (event) => {
  event.preventDefault();
  takeApart();
});

// --- hints ----------------------------------------------------------------------------------------------------

const hintBox = form.querySelector("[data-hints]");
const LINE = /^lines-\d+-(sku|quantity)$/;
let hinted = "";

/** What is unusual about the order, asked anew when phone, SKUs or quantities have changed. */
async function hint() {
  if (!form.dataset.hintsUrl) return;
  const names = [...form.elements].map((field) => field.name).filter((name) => LINE.test(name));
  const typed = JSON.stringify(["customer_phone", ...names].map((name) => form.elements[name].value));
  if (typed === hinted) return;
  hinted = typed;
  const answer = await ask(form.dataset.hintsUrl, ["customer_phone", "lines-TOTAL_FORMS", ...names]);
  if (answer.ok && typed === hinted) hintBox.innerHTML = await answer.text();
}

form.addEventListener("focusout", (event) => {
  if (event.target === phone || LINE.test(event.target.name ?? "")) hint();
});

// --- known customers ------------------------------------------------------------------------------------------

const choices = () => [...(knownBox?.querySelectorAll("button[name=use_customer]") ?? [])];

async function suggest() {
  const number = ++latest;
  if (phone.value.replace(/\D/g, "").length < FEWEST_DIGITS) return knownBox.replaceChildren();
  const answer = await ask(form.dataset.customersUrl, ["customer_phone"]);
  if (!answer.ok || number !== latest) return;
  knownBox.innerHTML = await answer.text();
  // One stop of the Tab key for all of them; the arrows go through.
  for (const button of choices().slice(1)) button.tabIndex = -1;
}

async function choose(button) {
  latest += 1;
  clearTimeout(timer);
  const answer = await ask(`${form.dataset.customersUrl}${button.value}/`, []);
  if (!answer.ok) return;
  fill((await answer.json()).fields);
  knownBox.replaceChildren();
  hint();
  form.querySelector('input[name$="-sku"]').focus();
}

function walk(event, at) {
  const all = choices();
  const to = all[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]] ?? (event.key === "ArrowUp" ? phone : null);
  if (!to || !all.length) return;
  event.preventDefault();
  to.focus();
}

if (knownBox) {
  phone.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT_MS);
  });
  phone.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") walk(event, -1);
    if (event.key === "Escape") knownBox.replaceChildren();
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || !choices().length) return;
    event.preventDefault();
    choose(choices()[0]);
  });
  knownBox.addEventListener("keydown", (event) => {
    if (event.key.startsWith("Arrow")) walk(event, choices().indexOf(event.target));
    if (event.key !== "Escape") return;
    knownBox.replaceChildren();
    phone.focus();
  });
  knownBox.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=use_customer]");
    if (!button) return;
    event.preventDefault();
    choose(button);
  });
  form.querySelector("[data-find-customer]").hidden = true;
  if (phone.value) hint();
}
