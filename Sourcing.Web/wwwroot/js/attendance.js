// Attendance by keyboard: arrows move between members at once; a code that needs nothing more moves on.
const rowsOf = element => [...element.closest("[data-sheet]").querySelectorAll("[data-sheet-row]")];
const go = (from, step) => {
  const rows = rowsOf(from);
  const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(from) + step))];
  next?.focus();
};
document.addEventListener("keydown", event => {
  if (!(event.target instanceof Element) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const name = event.target.closest("[data-sheet-name]");
  if (name && event.key === "Enter") {
    event.preventDefault();
    go(name.closest("[data-member]").querySelector("[data-sheet-row]"), 1);
    return;
  }
  const row = event.target.closest("[data-sheet-row]");
  if (!row) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const rows = rowsOf(row);
  if (key === "ArrowDown" || key === "ArrowUp") go(row, key === "ArrowDown" ? 1 : -1);
  else if (key === "Home") rows[0].focus();
  else if (key === "End") rows.at(-1).focus();
  else if ("palm".includes(key)) go(row, 1);
  else if (key !== "s" && key !== "e") return;
  event.preventDefault();
});
