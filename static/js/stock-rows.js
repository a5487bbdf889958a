// Typing and scanning into tables: transfers and count sheets. The pages work without it.

import { announce } from "./app.js";

const isPlainEnter = (event) => event.key === "Enter" && !event.isComposing && !event.ctrlKey && !event.metaKey;

// Rows of SKU and quantity. A scanner ends with Enter: on to the next row, which comes when there is none.
for (const form of document.querySelectorAll("[data-scan-rows]")) {
  const lines = form.querySelector("[data-scan-lines]");
  const skus = () => [...lines.querySelectorAll("input[name=sku]")];

  function addRow() {
    const place = skus().length;
    const row = lines.lastElementChild.cloneNode(true);
    for (const field of row.querySelectorAll("input")) {
      field.value = "";
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-describedby");
      field.id = `${field.name}-${place}`;
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, String(place + 1)));
    }
    row.querySelectorAll(".field-error").forEach((one) => one.remove());
    lines.append(row);
    return row;
  }

  form.querySelector("[data-more-rows]").addEventListener("click", () => addRow().querySelector("input").focus());
  lines.addEventListener("keydown", (event) => {
    if (!isPlainEnter(event)) return;
    event.preventDefault();
    const all = skus();
    const at = all.indexOf(event.target.closest("tr").querySelector("input[name=sku]"));
    (all[at + 1] ?? addRow().querySelector("input")).focus();
  });
}

// Fields in a list: Enter goes to the next one, a scan into the box above leads to the field of its SKU.
for (const form of document.querySelectorAll("[data-scan-fields]")) {
  const fields = () => [...form.querySelectorAll(".entry-pieces")];
  const box = form.querySelector("[data-scan-to]");
  form.addEventListener("keydown", (event) => {
    if (!isPlainEnter(event)) return;
    if (event.target === box) {
      event.preventDefault();
      lead(box.value.trim().toUpperCase());
    } else if (event.target.matches(".entry-pieces")) {
      event.preventDefault();
      const all = fields();
      const next = box ?? all[all.indexOf(event.target) + 1];
      if (next) {
        next.focus();
        next.select?.();
      }
    }
  });

  function lead(code) {
    if (!code) return;
    const row = [...form.querySelectorAll("[data-codes]")].find((one) => one.dataset.codes.toUpperCase().split(" ").includes(code));
    const field = row?.querySelector(".entry-pieces");
    const said = form.querySelector("[data-scan-said]");
    said.textContent = field ? "" : `${box.dataset.wordUnknown} ${code}`;
    box.select();
    if (!field) return announce(said.textContent, { urgent: true });
    box.value = "";
    field.focus();
    field.select();
    field.scrollIntoView({ block: "center" });
  }

  form.querySelector("[data-fill-all]")?.addEventListener("click", () => {
    for (const field of fields()) field.value = field.dataset.all;
    fields()[0]?.focus();
  });
}
