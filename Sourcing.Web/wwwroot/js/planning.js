// The time-phased table and the trees of planning are walked by arrow keys: one figure at a time takes the focus. Enter presses it, as a button does.
function step(button, rows, columns) {
  const cell = button.closest("td");
  const row = cell.parentElement;
  const body = row.parentElement;
  const at = [...row.children].indexOf(cell);
  const target = body.children[Math.min(body.children.length - 1, Math.max(0, [...body.children].indexOf(row) + rows))];
  return target.children[Math.min(target.children.length - 1, Math.max(1, at + columns))].querySelector("button");
}

function walkTable(table, event) {
  const button = event.target.closest(".phase");
  if (!button) return false;
  const end = button.closest("tr").children.length;
  const moves = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    PageUp: [0, -4], PageDown: [0, 4], Home: [event.ctrlKey ? -100 : 0, -end], End: [event.ctrlKey ? 100 : 0, end],
  };
  const move = moves[event.key];
  if (!move || event.altKey || event.metaKey) return false;
  focusIn(table, step(button, ...move), ".phase");
  return true;
}

function focusIn(box, next, all) {
  for (const other of box.querySelectorAll(`${all}[tabindex="0"]`)) other.tabIndex = -1;
  next.tabIndex = 0;
  next.focus({ preventScroll: true });
  // The first column lies over what would scroll below it.
  const scroller = box.closest(".matrix-box");
  const fixed = box.querySelector("tbody th")?.getBoundingClientRect();
  const place = next.getBoundingClientRect();
  if (scroller && fixed) {
    const edge = scroller.getBoundingClientRect();
    if (place.left < fixed.right) scroller.scrollLeft -= fixed.right - place.left;
    else if (place.right > edge.right) scroller.scrollLeft += place.right - edge.right + 2;
    const head = box.querySelector("thead").getBoundingClientRect();
    if (place.top < head.bottom && place.top < 120) window.scrollBy(0, place.top - 120);
    else if (place.bottom > innerHeight) window.scrollBy(0, place.bottom - innerHeight + 8);
  } else {
    next.scrollIntoView({ block: "nearest" });
  }
}

// A tree: up and down move, right opens or goes in, left closes or goes out.
function walkTree(tree, event) {
  const item = event.target.closest("[role=treeitem]");
  if (!item || event.ctrlKey || event.altKey || event.metaKey) return false;
  const items = [...tree.querySelectorAll("[role=treeitem]")].filter(i => i.getClientRects().length > 0);
  const at = items.indexOf(item);
  const level = Number(item.getAttribute("aria-level"));
  let next = null;
  switch (event.key) {
    case "ArrowDown": next = items[at + 1]; break;
    case "ArrowUp": next = items[at - 1]; break;
    case "Home": next = items[0]; break;
    case "End": next = items.at(-1); break;
    case "ArrowRight":
      if (item.getAttribute("aria-expanded") === "false") { item.querySelector("[data-fold]")?.click(); return true; }
      next = Number(items[at + 1]?.getAttribute("aria-level")) > level ? items[at + 1] : null;
      break;
    case "ArrowLeft":
      if (item.getAttribute("aria-expanded") === "true") { item.querySelector("[data-fold]")?.click(); return true; }
      next = items.slice(0, at).reverse().find(i => Number(i.getAttribute("aria-level")) < level);
      break;
    case "Enter":
      if (event.target !== item) return false;
      item.querySelector("a")?.click();
      return true;
    default: return false;
  }
  if (next) focusIn(tree, next, "[role=treeitem]");
  return true;
}

document.addEventListener("keydown", event => {
  if (!(event.target instanceof Element)) return;
  const table = event.target.closest("[data-phases]");
  const tree = event.target.closest("[role=tree]");
  if ((table && walkTable(table, event)) || (tree && walkTree(tree, event))) event.preventDefault();
});

// A figure that was clicked is where the arrows go on from.
document.addEventListener("focusin", event => {
  const button = event.target instanceof Element ? event.target.closest("[data-phases] .phase") : null;
  if (button && button.tabIndex !== 0) {
    for (const other of button.closest("[data-phases]").querySelectorAll('.phase[tabindex="0"]')) other.tabIndex = -1;
    button.tabIndex = 0;
  }
});
