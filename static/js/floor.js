// Comforts of the stock and fulfilment pages; both work without them.

// The difference between what was counted and what the book says, while typing.
for (const form of document.querySelectorAll("[data-count-book]")) {
  const line = form.querySelector("[data-difference]");
  const book = Number(form.dataset.countBook);
  form.elements.counted.addEventListener("input", ({ target }) => {
    const text = target.value.normalize("NFKC").replace(/[,\s]/g, "");
    const isNumber = /^\d+$/.test(text);
    line.hidden = !isNumber;
    if (!isNumber) return;
    const difference = Number(text) - book;
    const sign = difference > 0 ? "+" : difference < 0 ? "\u2212" : "";
    const { unitCost, currency } = form.dataset;
    const money = unitCost ? ` · ${sign}${currency} ${(Math.abs(difference) * Number(unitCost)).toFixed(2)}` : "";
    line.querySelector("strong").textContent = sign + Math.abs(difference) + money;
  });
}

// The board: how many are ticked, all at once, and a typed waybill ticks its row.
for (const board of document.querySelectorAll("[data-board]")) {
  const boxes = [...board.querySelectorAll("input[name=pick]")];
  const count = board.querySelector("[data-ticked]");
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = ticked ? `${count.dataset.words} ${ticked}` : "";
  };
  board.querySelector("[data-tick-all]")?.addEventListener("click", () => {
    const all = !boxes.every((box) => box.checked);
    boxes.forEach((box) => (box.checked = all));
    tell();
  });
  board.addEventListener("change", tell);
  tell();

  const waybills = [...board.querySelectorAll("[data-waybill]")];
  for (const [at, field] of waybills.entries()) {
    field.addEventListener("input", () => {
      field.closest("tr").querySelector("input[name=pick]").checked = Boolean(field.value.trim());
      tell();
    });
    // A scanner ends with Enter: on to the next parcel instead of handing over at once.
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      (waybills[at + 1] ?? board.querySelector("[formaction]")).focus();
    });
  }
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
