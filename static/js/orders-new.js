// Lines of an order being typed: SKUs suggested, their price and free pieces beside them, and more rows without a reload.
// Every form with data-new-order, also one that is put into the page later.

const WAIT_MS = 250;

export function wire(form) {
  if (form.dataset.wired) return;
  form.dataset.wired = "yes";
  const options = document.getElementById("sku-options");
  const rows = form.querySelector("[data-lines]");
  const total = form.querySelector('input[name="lines-TOTAL_FORMS"]');
  const template = form.querySelector("template[data-line-template]");
  if (!rows) return;
  const known = new Map();
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

  /** `3*A-01` and `A-01*3`: what stands before and behind the code, the code, the quantity. */
  function apart(text) {
    const match = /^(\s*(\d{1,9})\s*[*×＊]\s*)(.*)$/.exec(text) ?? /^()()(.+?)\s*[*×＊]\s*(\d{1,9})\s*$/.exec(text);
    if (!match) return { before: "", code: text.trim(), quantity: "" };
    return { before: match[1], code: match[3].trim(), quantity: match[2] || match[4] };
  }

  /** Put a quantity that was typed with the code where it belongs. */
  function settle(field) {
    const { code, quantity } = apart(field.value);
    if (!quantity || !code) return;
    field.value = code;
    field.closest("[data-line]").querySelector('input[name$="-quantity"]').value = quantity;
  }

  async function suggest(field) {
    const { before, code: text } = apart(field.value);
    if (!text || text === asked) return describe(field);
    asked = text;
    const answer = await fetch(`${form.dataset.skuUrl}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { skus } = await answer.json();
    for (const sku of skus) known.set(sku.code, sku);
    options.replaceChildren(
      ...skus.map((sku) => Object.assign(document.createElement("option"), { value: before + sku.code, label: `${sku.name} · ${sku.price_text}` })),
    );
    describe(field);
  }

  /** Name and free pieces below the code; the SKU's price where none is typed. */
  function describe(field) {
    const sku = known.get(apart(field.value).code.toUpperCase());
    const row = field.closest("[data-line]");
    const hint = row.querySelector("[data-sku-hint]");
    // What the server said about the code that is still there stays.
    if (!sku && field.value && field.value === field.defaultValue) return;
    hint.textContent = sku ? `${sku.name} · ${form.dataset.wordFree} ${sku.available} ${sku.unit}` : "";
    row.querySelector('input[name$="-unit_price"]').placeholder = sku ? sku.price_text : "";
    row.querySelector('input[name$="-quantity"]').placeholder = sku ? "1" : "";
  }

  form.addEventListener("input", (event) => {
    if (!event.target.matches('input[name$="-sku"]') || event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => suggest(event.target), WAIT_MS);
  });
  form.addEventListener("change", (event) => {
    if (!event.target.matches('input[name$="-sku"]')) return;
    settle(event.target);
    suggest(event.target);
  });

  form.querySelector("[data-add-row]").addEventListener("click", (event) => {
    event.preventDefault();
    addRow().querySelector("input").focus();
  });

  // A form that came back, or was typed in before this script was here.
  for (const field of rows.querySelectorAll('input[name$="-sku"]')) if (field.value) suggest(field);

  // Enter in a line goes on to the next field, and from the last one to a new row; Ctrl+Enter places the order.
  rows.addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) return move(event);
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    if (event.target.name.endsWith("-sku")) settle(event.target);
    const fields = [...rows.querySelectorAll("input")];
    const next = fields[fields.indexOf(event.target) + 1] ?? addRow().querySelector("input");
    next.focus();
  });

  /** Alt+↑ and Alt+↓ change places with the line above or below; the names of the fields stay in order. */
  function move(event) {
    event.preventDefault();
    const row = event.target.closest("[data-line]");
    const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    const mine = [...row.querySelectorAll("input")];
    const theirs = [...other.querySelectorAll("input")];
    mine.forEach((field, place) => {
      [field.value, theirs[place].value] = [theirs[place].value, field.value];
      [field.placeholder, theirs[place].placeholder] = [theirs[place].placeholder, field.placeholder];
    });
    const [hint, otherHint] = [row, other].map((one) => one.querySelector("[data-sku-hint]"));
    [hint.textContent, otherHint.textContent] = [otherHint.textContent, hint.textContent];
    theirs[mine.indexOf(event.target)].focus();
  }

  // Values that come back from somewhere else may need more rows than there are.
  form.addEventListener("kept:rows", (event) => {
    while (Number(total.value) < event.detail) addRow();
  });
}

for (const form of document.querySelectorAll("form[data-new-order]")) wire(form);
document.addEventListener("htmx:load", ({ target }) => target.querySelectorAll?.("form[data-new-order]").forEach(wire));
