// The editor of review rules: rows follow their field, buttons add and take out rows, the sentence follows what is typed.
// Without it the same buttons send the form, and the page comes back as typed.

const marked = document.querySelector("[data-preview]");
const form = marked?.closest("form");
let asking = null;
let answered = Promise.resolve();

/** The rows and sentences as the server draws them of what stands in the form; null when another question came after. */
async function ask(button = null) {
  asking?.abort();
  const own = (asking = new AbortController());
  const body = new FormData(form, button);
  const answer = await fetch(marked.dataset.preview, { method: "POST", body, signal: own.signal }).catch(() => null);
  // The next question may come while the answer is still on its way.
  const text = answer?.ok ? await answer.text().catch(() => null) : null;
  return text === null || own.signal.aborted ? null : new DOMParser().parseFromString(text, "text/html");
}

function say(fresh) {
  document.getElementById("rule-said").replaceWith(fresh.getElementById("rule-said"));
}

/** The rows take their new look; the focus, and what was typed meanwhile, stay. */
function draw(fresh) {
  const old = document.getElementById("rule-rows");
  const rows = fresh.getElementById("rule-rows");
  const { id, selectionStart } = document.activeElement;
  const inside = old.contains(document.activeElement);
  old.replaceWith(rows);
  if (!inside || !id) return;
  const again = document.getElementById(id);
  again?.focus();
  if (again?.type === "text") again.setSelectionRange(selectionStart, selectionStart);
}

function changed() {
  for (const one of document.querySelectorAll("[data-needs-saved]")) {
    one.querySelector("[data-unsaved]").hidden = false;
    for (const button of one.querySelectorAll("button:not([data-always])")) button.disabled = true;
  }
}

// These ask something of the rule and are no part of it.
const isQuestion = ({ name }) => ["number", "since", "until"].includes(name);

form?.addEventListener("input", ({ target }) => isQuestion(target) || changed());
form?.addEventListener("change", ({ target }) => {
  if (isQuestion(target)) return;
  answered = ask().then((fresh) => {
    if (!fresh) return;
    if (target.matches("[data-arranges]")) draw(fresh);
    say(fresh);
  });
});

form?.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-rows]");
  if (!button) return;
  event.preventDefault();
  await answered;
  const before = document.querySelectorAll("#rule-rows select[data-arranges][name$=-field]").length;
  const fresh = await ask(button);
  if (!fresh) return form.requestSubmit(button);
  draw(fresh);
  say(fresh);
  changed();
  const fields = document.querySelectorAll("#rule-rows select[name$=-field]");
  const added = [...fields].filter((one) => !one.value);
  (fields.length > before ? added.at(-1) : fields[0])?.focus();
});

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) return event.preventDefault();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  // Enter beside an order's number asks for that order, it does not save.
  else if (event.key === "Enter" && event.target.name === "number") {
    event.preventDefault();
    form.requestSubmit(event.target.parentElement.querySelector("button"));
  }
});
