// The new order: SKUs suggested while typing, their price and free pieces beside them, and more rows without a reload.

const form = document.querySelector("form[data-new-order]");
const options = document.getElementById("sku-options");
const rows = form.querySelector("[data-lines]");
const total = form.querySelector('input[name="lines-TOTAL_FORMS"]');
const template = form.querySelector("template[data-line-template]");
const known = new Map();
const WAIT_MS = 250;
let timer = 0;
let asked = "";

function addRow() {
  const place = Number(total.value);
  const holder = document.createElement("tbody");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(place));
  const row = holder.firstElementChild;
  rows.append(row);
  total.value = String(place + 1);
  return row;
}

async function suggest(field) {
  const text = field.value.trim();
  if (!text || text === asked) return describe(field);
  asked = text;
  const answer = await fetch(`${form.dataset.skuUrl}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { skus } = await answer.json();
  for (const sku of skus) known.set(sku.code, sku);
  options.replaceChildren(
    ...skus.map((sku) => Object.assign(document.createElement("option"), { value: sku.code, label: `${sku.name} · ${sku.price_text}` })),
  );
  describe(field);
}

/** Name and free pieces below the code; the SKU's price where none is typed. */
function describe(field) {
  const sku = known.get(field.value.trim().toUpperCase());
  const row = field.closest("[data-line]");
  row.querySelector("[data-sku-hint]").textContent = sku ? `${sku.name} · ${form.dataset.wordFree} ${sku.available} ${sku.unit}` : "";
  row.querySelector('input[name$="-unit_price"]').placeholder = sku ? sku.price_text : "";
  row.querySelector('input[name$="-quantity"]').placeholder = sku ? "1" : "";
}

form.addEventListener("input", (event) => {
  if (!event.target.matches('input[name$="-sku"]') || event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(() => suggest(event.target), WAIT_MS);
});
form.addEventListener("change", (event) => event.target.matches('input[name$="-sku"]') && suggest(event.target));

form.querySelector("[data-add-row]").addEventListener("click", (event) => {
  event.preventDefault();
  addRow().querySelector("input").focus();
});

// A form that came back, or was typed in before this script was here.
for (const field of rows.querySelectorAll('input[name$="-sku"]')) if (field.value) suggest(field);

// Enter in a line goes on to the next field, and from the last one to a new row; Ctrl+Enter places the order.
rows.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  event.preventDefault();
  const fields = [...rows.querySelectorAll("input")];
  const next = fields[fields.indexOf(event.target) + 1] ?? addRow().querySelector("input");
  next.focus();
});
