import "./keys.js";
import "./fields.js";
import "./entry.js";
import "./rfqs.js";
import "./planning.js";
import "./attendance.js";

// Light and dark: the style sheet of the components, our attribute, and the cookie that the server reads.
function toggleScheme() {
  const root = document.documentElement;
  const scheme = root.dataset.scheme === "dark" ? "light" : "dark";
  const theme = document.getElementById("theme");
  theme.href = theme.dataset[scheme];
  root.dataset.scheme = scheme;
  document.querySelector("meta[name=color-scheme]").content = scheme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `scheme=${scheme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

// Drafts of forms: kept for this tab only, gone when saved. What each form holds as the server knows it is remembered beside.
const held = new Map();
const untouched = new Map();

function saveDraft(key, json) {
  if (json === null) {
    if (typedInto?.closest("form")?.dataset.draft === key) typedInto = null;
    sessionStorage.removeItem(key);
  } else {
    held.set(key, json);
    try { sessionStorage.setItem(key, json); } catch { /* Full: the form itself still has everything. */ }
  }
}

// A draft of a long form is larger than one message to the server may be: its size goes first, then it streams.
const draftOf = key => new TextEncoder().encode(sessionStorage.getItem(key) ?? "");

function draftSize(key, opened) {
  if (opened) {
    held.set(key, opened);
    untouched.set(key, JSON.stringify(JSON.parse(opened)));
  }
  return draftOf(key).length;
}

// What was typed last has not reached the server when the page has to go: it joins the draft.
function keepTyped() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const draft = JSON.parse(held.get(form.dataset.draft) ?? "null");
    let more = false;
    for (const field of draft ? form.querySelectorAll("[data-field]:not([data-row])") : []) {
      const input = field.querySelector("input:is([type=text], [type=tel], [type=email], [type=url], :not([type])):not([role=combobox]), textarea");
      const was = draft[field.dataset.field];
      if (input && typeof was === "string" && was !== input.value) {
        draft[field.dataset.field] = input.value;
        more = true;
      }
    }
    if (more) saveDraft(form.dataset.draft, JSON.stringify(draft));
  }
}

// The server hears of a text when its field is left. Until then the draft takes what is typed into it here, so that neither a lost line nor a reload costs a word.
const plainText = "input.input:is([type=text], [type=tel], [type=email], [type=url], :not([type])):not([role=combobox]), textarea";
let typedInto = null;
let typedTimer = 0;

function keepField() {
  clearTimeout(typedTimer);
  const input = typedInto;
  typedInto = null;
  const form = input?.closest("form[data-draft]");
  const field = input?.closest("[data-field]:not([data-row])");
  const draft = form && field ? JSON.parse(held.get(form.dataset.draft) ?? "null") : null;
  if (draft && typeof draft[field.dataset.field] === "string" && draft[field.dataset.field] !== input.value) {
    draft[field.dataset.field] = input.value;
    const json = JSON.stringify(draft);
    saveDraft(form.dataset.draft, json);
    // Typed and taken out again: there is nothing to keep.
    if (json === untouched.get(form.dataset.draft)) sessionStorage.removeItem(form.dataset.draft);
  }
}

document.addEventListener("input", event => {
  if (!event.target.matches?.(plainText) || !event.target.closest("form[data-draft]")) return;
  if (typedInto !== event.target) keepField();
  typedInto = event.target;
  clearTimeout(typedTimer);
  typedTimer = setTimeout(keepField, 250);
});
addEventListener("pagehide", keepField);
// Saved or given up: what was typed before is not to come back.
document.addEventListener("submit", keepField, true);

// The page ends whatever stands in it, so nobody is asked whether to stay.
function leave(address) {
  keepTyped();
  addEventListener("beforeunload", event => event.stopImmediatePropagation(), { capture: true });
  if (address) location.assign(address); else location.reload();
}

// The list that the open record stood in, for the next record after a reload of the page: this tab's own.
function keepTrail(hrefs) {
  try { sessionStorage.setItem("trail", JSON.stringify(hrefs)); } catch { /* Full: the list is opened once more. */ }
}

function focusTitle() {
  const title = document.querySelector("h1");
  if (title && !document.activeElement?.matches("input, textarea, select")) {
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  }
}

window.sourcing = { toggleScheme, focusTitle, saveDraft, draftSize, loadDraft: draftOf, leave, keepTrail, trail: () => JSON.parse(sessionStorage.getItem("trail") ?? "[]") };

document.addEventListener("click", async event => {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[data-scheme-toggle]")) {
    toggleScheme();
  }
  const reconnect = target?.closest("[data-reconnect]");
  if (reconnect) {
    event.preventDefault();
    if (reconnect.dataset.reconnect === "reload" || !(await window.Blazor.reconnect())) {
      leave();
    }
  }
  const print = target?.closest("[data-print]");
  if (print) {
    window.print();
  }
});
