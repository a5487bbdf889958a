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
    line.querySelector("strong").textContent = (difference > 0 ? "+" : difference < 0 ? "\u2212" : "") + Math.abs(difference);
  });
}
