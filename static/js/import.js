// The steps of an import: a file dropped anywhere on the card, Enter from cell to cell, and work that goes on while
// somebody looks. Without it one chooses the file, uses Tab, and presses the button.

const card = document.querySelector("[data-drop]");
const file = card?.querySelector("input[type=file]");
if (file) {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  card.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    card.classList.add("is-over");
  });
  card.addEventListener("dragleave", () => card.classList.remove("is-over"));
  card.addEventListener("drop", (event) => {
    card.classList.remove("is-over");
    if (!hasFiles(event)) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    card.querySelector(".btn-primary").focus();
  });
}

// Enter goes to the next cell, as in a spreadsheet; in the last one it saves.
document.querySelector("[data-grid]")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || event.keyCode === 229) return;
  const cells = [...event.currentTarget.querySelectorAll("input.form-control")].filter((cell) => cell.offsetParent);
  const next = cells[cells.indexOf(event.target) + 1];
  if (!cells.includes(event.target) || !next) return;
  event.preventDefault();
  next.focus();
  next.select();
});

const goOn = document.querySelector("form[data-go-on]");
if (goOn) setTimeout(() => goOn.requestSubmit(), 500);
