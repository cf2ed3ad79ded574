// Keys press what carries them: data-key on buttons and links, data-go on the navigation. No round trip decides.
let waitingForPlace = 0;
// Letters typed after Ctrl+K and before the palette has come; null when nobody waits for it.
let early = null;
let earlyUntil = 0;

const typing = element => element instanceof HTMLElement
  && (element.isContentEditable || element.closest("[data-own-keys]") !== null || element.matches("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit])"));
const singleKeys = () => !document.querySelector("[data-single-keys=off]");
const seen = element => element.getClientRects().length > 0 && !element.disabled;
const dialogOpen = () => document.querySelector(".rz-dialog-wrapper, .palette");

// The dialog on top, while the library that shows it does not listen for Escape yet: it leaves its options there when it does.
const deafDialog = () => {
  const dialog = [...document.querySelectorAll(".rz-dialog-content")].at(-1);
  return dialog && !dialog.options ? dialog.closest(".rz-dialog") : null;
};

function press(key, scope = document) {
  const found = [...scope.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(seen).at(-1);
  if (!found) return false;
  if (found.matches("input, textarea")) {
    found.focus();
    found.select();
  } else {
    found.click();
  }
  return true;
}

function moveRow(step) {
  const rows = [...document.querySelectorAll("table[data-list] tbody tr")].filter(seen);
  if (rows.length === 0) return false;
  const at = rows.indexOf(document.activeElement?.closest("tr"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  (next.querySelector("a.row-link, td a") ?? next.querySelector("input"))?.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function onSingleKey(event) {
  const key = event.key;
  const goesTo = performance.now() < waitingForPlace;
  waitingForPlace = 0;
  if (goesTo) {
    const place = [...document.querySelectorAll(`[data-go="${CSS.escape(key.toLowerCase())}"]`)].at(0);
    place?.click();
    return Boolean(place);
  }
  switch (key) {
    case "g": waitingForPlace = performance.now() + 1500; return true;
    case "j": return moveRow(1);
    case "k": return moveRow(-1);
    case "x": {
      const box = document.activeElement?.closest("tr")?.querySelector(".grid-check input");
      box?.click();
      return Boolean(box);
    }
    case "/": case "?": case "n": case "e": return press(key);
    default: return false;
  }
}

/** Hands what was typed too early to the palette's field, once it is there. */
function handOver(field) {
  const typed = early;
  early = null;
  // The next letter may come before anything else gives the field the focus.
  field.focus({ preventScroll: true });
  if (!typed) return;
  field.value = typed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

new MutationObserver(() => {
  const field = early === null ? null : document.querySelector("[data-palette]");
  if (field) handOver(field);
}).observe(document.body, { childList: true, subtree: true });

document.addEventListener("keydown", event => {
  if (early !== null) {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && performance.now() < earlyUntil) {
      early += event.key;
      event.preventDefault();
      return;
    }
    early = null;
  }
  const control = event.ctrlKey || event.metaKey;
  let done = false;
  if (control && !event.altKey && event.key.toLowerCase() === "k") {
    done = press("ctrl+k");
    if (done && !document.querySelector("[data-palette]")) {
      [early, earlyUntil] = ["", performance.now() + 5000];
    }
  } else if (control && !event.altKey && event.key.toLowerCase() === "s") {
    // What is being typed counts: leaving the field hands it over before the button is pressed.
    const scope = document.activeElement?.closest("form") ?? document;
    document.activeElement?.blur();
    done = true;
    setTimeout(() => press("ctrl+s", scope) || press("ctrl+s"), 0);
  } else if (event.altKey && !control && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    done = press(event.key === "ArrowLeft" ? "alt+left" : "alt+right");
  } else if (event.key === "Escape" && deafDialog()) {
    deafDialog().querySelector(".rz-dialog-titlebar-close")?.click();
    done = true;
  } else if (event.key === "Escape" && !event.target.matches?.("[data-typeahead][aria-expanded=true]") && !document.querySelector(".rz-dialog-wrapper, .rz-popup[style*='display: block']")) {
    // What floats on top closes first.
    done = press("esc", document.querySelector(".popup-panel") ?? document);
  } else if (!control && !event.altKey && !typing(document.activeElement) && !dialogOpen() && singleKeys()) {
    done = onSingleKey(event);
  }
  if (done) {
    event.preventDefault();
  }
});

// The palette's arrows must not move the caret.
document.addEventListener("keydown", event => {
  if (event.target instanceof HTMLElement && event.target.matches("[data-palette]") && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
  }
}, true);
