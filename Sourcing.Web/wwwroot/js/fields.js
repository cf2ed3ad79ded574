// Ties labels, hints and errors to whatever input a field holds, moves the focus into panels that open, lets keys scroll what scrolls,
// keeps files for inputs that do not listen yet, and presses the button that was meant.
let asked = false;
let number = 0;
const control = "input:not([type=hidden]):not([tabindex='-1']), textarea, select, [role=combobox], .rz-dropdown";

function tie(field) {
  const input = field.querySelector(`.field-control :is(${control})`) ?? field.querySelector(".field-control input");
  const label = field.querySelector(":scope > .field-label");
  if (!input || !label) return;
  label.id ||= `label-${++number}`;
  input.id ||= `input-${number}`;
  if (label.htmlFor !== input.id) label.htmlFor = input.id;
  // Components put a name of their own on inner inputs; the visible label is the true one, but for ours that also say of which line.
  for (const each of field.querySelectorAll(".field-control :is(input:not([type=radio], [type=checkbox]), textarea, select, [role=combobox])")) {
    if (!each.matches(":is(.input, .select)[aria-label]") && each.getAttribute("aria-labelledby") !== label.id) each.setAttribute("aria-labelledby", label.id);
  }
  const notes = [...field.querySelectorAll(":scope > .field-error, :scope > .field-hint")];
  for (const note of notes) note.id ||= `note-${++number}`;
  const described = notes.map(note => note.id).join(" ");
  if (described) input.setAttribute("aria-describedby", described); else input.removeAttribute("aria-describedby");
  if (field.classList.contains("field-bad")) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
}

// A box wider than its place scrolls. Where nothing in it takes the focus, the box itself does, or keys could not reach its end.
function reach(box) {
  const scrolls = box.scrollWidth > box.clientWidth + 1 && !box.querySelector("a[href], button:not([disabled]), input, select, textarea, [tabindex='0']");
  if (scrolls !== (box.dataset.scrolls === "")) {
    box.toggleAttribute("data-scrolls", scrolls);
    if (scrolls) box.tabIndex = 0; else box.removeAttribute("tabindex");
  }
}

const reachAll = () => document.querySelectorAll(".panel-body.flush, .list-box:not([role]), .check-box, .lines-box").forEach(reach);

// Where tabs do not fit side by side, the one that is open is in sight.
const shown = new WeakMap();
function show(tabs) {
  const here = tabs.querySelector(".here");
  if (!here || shown.get(tabs) === here) return;
  shown.set(tabs, here);
  const [all, one] = [tabs.getBoundingClientRect(), here.getBoundingClientRect()];
  tabs.scrollLeft += one.left - all.left - (all.width - one.width) / 2;
}

function look() {
  asked = false;
  reachAll();
  document.querySelectorAll(".tabs, .switch").forEach(show);
  for (const field of document.querySelectorAll(".field")) tie(field);
  for (const panel of document.querySelectorAll("[data-focus]:not([data-focused]), [data-palette]:not([data-focused])")) {
    panel.dataset.focused = "";
    const first = panel.matches("input") ? panel : panel.querySelector("input:not([type=hidden]), select, textarea, a, button");
    first?.focus({ preventScroll: true });
  }
}

new MutationObserver(() => {
  if (!asked) {
    asked = true;
    requestAnimationFrame(look);
  }
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
look();
addEventListener("resize", reachAll);

// In a field with a list of choices Enter takes one and never sends the form around it, even before the list has come.
document.addEventListener("keydown", event => {
  if (!event.target.matches?.("[data-typeahead]")) return;
  const opened = event.target.getAttribute("aria-expanded") === "true";
  if (event.key === "Enter" || (opened && ["ArrowDown", "ArrowUp"].includes(event.key))) event.preventDefault();
}, true);

// A file chosen or pasted before the framework listens to its input would be lost. It is told once more when it does: it leaves its counter on the input then.
const listens = input => "_blazorInputFileNextFileId" in input;
document.addEventListener("change", event => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== "file" || listens(input)) return;
  const wait = () => {
    if (listens(input)) input.dispatchEvent(new Event("change", { bubbles: true }));
    else if (input.isConnected) requestAnimationFrame(wait);
  };
  requestAnimationFrame(wait);
}, true);

// What was typed last is answered when its field is left, often by pressing a button: the answer may move that button away between the
// finger's going down and its coming up, and the browser clicks on nothing then. A press that did not move is a press of what it began on.
let pressed = null;
document.addEventListener("pointerdown", event => {
  const button = event.isPrimary && event.button === 0 ? event.target.closest?.("button") : null;
  pressed = button && { button, x: event.clientX, y: event.clientY };
}, true);
document.addEventListener("pointerup", event => {
  const { button, x, y } = pressed ?? {};
  pressed = null;
  if (!button?.isConnected || button.contains(event.target) || Math.hypot(event.clientX - x, event.clientY - y) > 4) return;
  const under = button.getBoundingClientRect();
  const moved = x < under.left || x > under.right || y < under.top || y > under.bottom;
  if (moved) button.click();
}, true);
document.addEventListener("pointercancel", () => pressed = null, true);
