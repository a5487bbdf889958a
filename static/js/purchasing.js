// Comforts of the purchasing pages; all of them work without.
import { isComposing, keyName, makeCurrent } from "./keys.js";

// --- suggestions ------------------------------------------------------------------------------------------------

for (const board of document.querySelectorAll("[data-buy]")) {
  const boxes = [...board.querySelectorAll("input[name=pick]")];
  const count = board.querySelector("[data-ticked]");
  const current = () => board.querySelector("[data-row].is-current");
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = ticked ? `${count.dataset.words} ${ticked}` : "";
  };
  board.querySelector("[data-tick-all]").addEventListener("click", () => {
    const all = !boxes.every((box) => box.checked);
    boxes.forEach((box) => (box.checked = all));
    tell();
  });
  board.addEventListener("change", tell);
  tell();

  // Whoever changes a quantity means to order it.
  for (const field of board.querySelectorAll(".quantity-field")) {
    field.addEventListener("input", () => {
      field.closest("tr").querySelector("input[name=pick]").checked = true;
      tell();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || isComposing(event) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.blur();
      makeCurrent(field.closest("tr"));
    });
  }

  // Enter on a row edits its quantity, i says why; an act without a tick means the current row.
  board.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || event.target !== current()) return;
    const field = current().querySelector(".quantity-field");
    if (event.key === "Enter" && field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
    if (keyName(event) === "i" && document.documentElement.dataset.hotkeys !== "off") {
      event.preventDefault();
      current().querySelector("[data-explain]").click();
    }
  });
  board.addEventListener("submit", () => {
    const box = current()?.querySelector("input[name=pick]");
    if (box && !boxes.some((one) => one.checked)) box.checked = true;
  });
}

// --- taking in ----------------------------------------------------------------------------------------------------

for (const form of document.querySelectorAll("[data-receive]")) {
  const scan = form.querySelector("[data-scan]");
  const said = form.querySelector("[data-scan-said]");
  const onEnter = (field, act) =>
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || isComposing(event) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act();
    });
  // A scanned code goes to its line; Enter there goes back to scanning.
  onEnter(scan, () => {
    const code = scan.value.trim().toUpperCase();
    const row = [...form.querySelectorAll("[data-codes]")].find((one) =>
      one.dataset.codes.toUpperCase().split(" ").includes(code),
    );
    said.textContent = row || !code ? "" : `${said.dataset.words} ${scan.value}`;
    scan.value = "";
    const field = row?.querySelector("input");
    field?.focus();
    field?.select();
  });
  for (const field of form.querySelectorAll("[data-codes] input")) onEnter(field, () => scan.focus());
}

