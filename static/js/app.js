// Comforts of every page: busy buttons, toasts, errors that stay readable, the folded menu. Links and forms work without it.

const root = document.documentElement;
const words = document.body.dataset;
const TOAST_MS = 10_000;

// --- messages -------------------------------------------------------------------------------------------------

/** Read `text` to screen-reader users; `urgent` interrupts them. */
export function announce(text, { urgent = false } = {}) {
  const region = document.getElementById(urgent ? "live-now" : "live");
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}

/**
 * A short note at the bottom right. `undo` is a URL to POST to; `retry` a function.
 * Errors stay until closed, the rest leaves after ten seconds.
 */
export function toast({ text, tone = "info", undo = "", retry = null }) {
  const note = document.createElement("div");
  note.className = `toast-note is-${tone}`;
  note.append(Object.assign(document.createElement("span"), { textContent: text }));
  const button = (label, act) => {
    const element = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    element.addEventListener("click", () => {
      note.remove();
      act();
    });
    note.append(element);
  };
  if (undo) button(words.wordUndo, () => post(undo));
  if (retry) button(words.wordRetry, retry);
  button(words.wordClose, () => {});
  document.getElementById("toasts").append(note);
  announce(text, { urgent: tone === "error" });
  if (tone !== "error") setTimeout(() => note.remove(), TOAST_MS);
}

/** Send an empty form, as a click on a button would. */
function post(url) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: url, hidden: true });
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) form.append(token.cloneNode());
  document.body.append(form);
  form.submit();
}

// The server sends one with the header  HX-Trigger: {"toast": {"text": …, "undo": …}}
document.addEventListener("toast", (event) => toast(event.detail));

document.addEventListener("htmx:responseError", (event) => {
  const { xhr, requestConfig } = event.detail;
  const again = () => window.htmx.ajax(requestConfig.verb, requestConfig.path, { source: requestConfig.elt });
  toast({ text: `${words.wordFailed} (${xhr.status})`, tone: "error", retry: requestConfig.verb === "get" ? again : null });
});

// --- connection -----------------------------------------------------------------------------------------------

const LOOK_AGAIN_MS = 5_000;
const bar = document.getElementById("connection");
const unanswered = new Map(); // Reading that failed: element → how to ask again once the connection is back.
const ask = window.fetch.bind(window);
let away = false;
let nextLook = 0;

/** Is the server there? The bar says so until it is; the page and what is typed on it stay as they are. */
async function look() {
  clearTimeout(nextLook);
  const answer = await ask("/healthz/live", { cache: "no-store", signal: AbortSignal.timeout(LOOK_AGAIN_MS) }).catch(() => null);
  clearTimeout(nextLook);
  if (!answer?.ok) {
    nextLook = setTimeout(look, LOOK_AGAIN_MS);
    if (!away) bar.textContent = words.wordAway;
    away = true;
    return;
  }
  for (const [element, again] of unanswered) if (element.isConnected) again();
  unanswered.clear();
  if (!away) return;
  away = false;
  bar.textContent = "";
  announce(words.wordBack);
  document.dispatchEvent(new Event("connection:back"));
}

window.addEventListener("offline", look);
window.addEventListener("online", look);
// Every module asks by fetch; one that failed for want of a network is told here, whatever the module does about it.
window.fetch = (...what) =>
  ask(...what).catch((error) => {
    if (error.name !== "AbortError") look();
    throw error;
  });

/** Nothing came back: reading is done again by itself, writing never is. */
function noAnswer({ requestConfig: { verb, path, elt } }, text) {
  if (verb === "get") unanswered.set(elt, () => window.htmx.ajax(verb, path, { source: elt }));
  else toast({ text, tone: "error" });
  look();
}
document.addEventListener("htmx:sendError", ({ detail }) => noAnswer(detail, words.wordOffline));
document.addEventListener("htmx:timeout", ({ detail }) => noAnswer(detail, words.wordLate));

// A thin bar at the top, once somebody has waited long enough to wonder.
const LOADING_AFTER_MS = 200;
let loading = 0;
document.addEventListener("htmx:beforeSend", () => {
  loading += 1;
  setTimeout(() => root.toggleAttribute("data-loading", loading > 0), LOADING_AFTER_MS);
});
document.addEventListener("htmx:afterRequest", () => {
  loading = Math.max(0, loading - 1);
  if (!loading) root.removeAttribute("data-loading");
});

// --- forms ----------------------------------------------------------------------------------------------------

function setBusy(form, busy) {
  form.toggleAttribute("data-sent", busy);
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.toggleAttribute("data-busy", busy);
  }
}

// A second submit of the same form is dropped: the server would refuse it, but nobody should have to read that.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    // The browser would leave for a page of its own, and take along what was typed.
    if (away) {
      event.preventDefault();
      event.stopImmediatePropagation();
      toast({ text: words.wordOffline, tone: "error" });
      return look();
    }
    // A file that is saved leaves the page as it is: the form may be sent again.
    if (form.method === "get" || form.hasAttribute("data-may-repeat") || event.submitter?.hasAttribute("data-may-repeat")) return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.setAttribute("data-sent", "");
    // The look changes after this event, and not at all where some script kept the form from being sent.
    setTimeout(() => setBusy(form, !event.defaultPrevented || form.classList.contains("htmx-request")));
  },
  true,
);
document.addEventListener("htmx:beforeRequest", ({ target }) => target.matches("form") && setBusy(target, true));
document.addEventListener("htmx:afterRequest", ({ target }) => target.matches("form") && setBusy(target, false));
// Back from the next page: the browser shows this one as it was, buttons included.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => setBusy(form, false)));

// Choosing a Chinese word ends with Enter; that Enter is not meant for the form.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229) && event.target.matches("input")) {
      event.preventDefault();
    }
  },
  true,
);

document.querySelector("[data-focus-me]")?.focus();

for (const box of document.querySelectorAll("[data-show-password]")) {
  const field = document.getElementById(box.dataset.showPassword);
  box.addEventListener("change", () => (field.type = box.checked ? "text" : "password"));
}
for (const hint of document.querySelectorAll("[data-caps-for]")) {
  const field = document.getElementById(hint.dataset.capsFor);
  field.addEventListener("keyup", (event) => (hint.hidden = !event.getModifierState?.("CapsLock")));
}

// --- frame ----------------------------------------------------------------------------------------------------

for (const button of document.querySelectorAll("[data-fold-nav]")) {
  button.addEventListener("click", () => {
    const narrow = root.dataset.nav !== "narrow";
    if (narrow) root.dataset.nav = "narrow";
    else delete root.dataset.nav;
    document.cookie = `nav=${narrow ? "narrow" : "wide"}; path=/; max-age=31536000; samesite=lax`;
  });
}
