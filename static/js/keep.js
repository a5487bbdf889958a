// What was typed survives an expired session. Each form[data-keep] leaves a copy of itself in this tab when it is sent; if
// the answer is the log-in page (or the one of a form that was open too long), the copy is offered after logging in.
// The copy never leaves the tab, is dropped once the form has gone through, and is shown to the same person only.

const STORE = "kept-form";
// An answer that comes later than this is not the answer to the form.
const ANSWER_MS = 60_000;
const SECRET = new Set(["csrfmiddlewaretoken", "seen"]);
const words = document.body.dataset;

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(STORE));
  } catch {
    return null;
  }
};
const drop = () => sessionStorage.removeItem(STORE);
const write = (kept) => {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // No room, or switched off: the form is sent all the same.
  }
};

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("form[data-keep]")) return;
    const values = [...new FormData(form)].filter(([name, value]) => !SECRET.has(name) && typeof value === "string");
    const page = location.pathname + location.search;
    write({ values, page, form: form.dataset.keep, user: words.user, at: new Date().toTimeString().slice(0, 5), sent: Date.now(), lost: false });
  },
  true,
);

/** Put the values back as if they were typed. */
function restore(form, values) {
  const rows = values.find(([name]) => name === "lines-TOTAL_FORMS");
  if (rows) form.dispatchEvent(new CustomEvent("kept:rows", { detail: Number(rows[1]) }));
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  for (const [name, value] of values) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked ||= field.value === value;
      else if (!name.endsWith("_FORMS")) field.value = value;
    }
  }
  form.querySelector("input:not([type=hidden]), textarea")?.focus();
}

function offer(kept) {
  const form = [...document.querySelectorAll("form[data-keep]")].find((one) => one.dataset.keep === kept.form);
  const note = Object.assign(document.createElement("div"), { className: "note note-info kept-note" });
  note.setAttribute("role", "status");
  note.append(Object.assign(document.createElement("div"), { textContent: words.wordKept.replace("%s", kept.at) }));
  const button = (label, act) => {
    const element = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: label });
    element.addEventListener("click", act);
    note.append(element);
  };
  button(words.wordPutBack, () => {
    // The form may stand on a page of its own: there it is offered once more.
    if (!form) return location.assign(kept.form);
    restore(form, kept.values);
    note.remove();
    drop();
  });
  button(words.wordThrowAway, () => {
    note.remove();
    drop();
  });
  document.getElementById("main")?.querySelector(".page-top")?.after(note);
}

const kept = read();
if (kept) {
  if (!words.user || document.querySelector("[data-lost]")) {
    if (kept.lost || Date.now() - kept.sent < ANSWER_MS) write({ ...kept, lost: true });
    else drop();
    const back = document.querySelector("[data-lost-back]");
    if (back) {
      back.href = kept.page;
      back.hidden = document.querySelector("[data-lost-words]").hidden = false;
    }
  } else if (!kept.lost || kept.user !== words.user) drop();
  else offer(kept);
}
