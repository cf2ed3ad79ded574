import "./keys.js";
import "./fields.js";
import "./entry.js";
import "./rfqs.js";

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

// Drafts of forms: kept for this tab only, gone when saved.
function saveDraft(key, json) {
  if (json === null) {
    sessionStorage.removeItem(key);
  } else {
    try { sessionStorage.setItem(key, json); } catch { /* Full: the form itself still has everything. */ }
  }
}

// A draft of a long form is larger than one message to the server may be: its size goes first, then it streams.
const draftOf = key => new TextEncoder().encode(sessionStorage.getItem(key) ?? "");

window.sourcing = { toggleScheme, saveDraft, draftSize: key => draftOf(key).length, loadDraft: draftOf };

document.addEventListener("click", async event => {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[data-scheme-toggle]")) {
    toggleScheme();
  }
  const reconnect = target?.closest("[data-reconnect]");
  if (reconnect) {
    event.preventDefault();
    if (reconnect.dataset.reconnect === "reload" || !(await window.Blazor.reconnect())) {
      location.reload();
    }
  }
  const print = target?.closest("[data-print]");
  if (print) {
    window.print();
  }
});
