// Tables that are typed into: Enter and the arrows go to the same column of the next line.
document.addEventListener("keydown", event => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.col || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const step = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey) ? 1 : event.key === "ArrowUp" || event.key === "Enter" ? -1 : 0;
  const table = step === 0 ? null : input.closest("table");
  if (!table) return;
  const column = [...table.querySelectorAll(`input[data-col="${CSS.escape(input.dataset.col)}"]`)].filter(each => each.getClientRects().length > 0);
  const next = column[column.indexOf(input) + step];
  event.preventDefault();
  if (next) {
    next.focus();
    next.select();
  } else {
    input.blur();
    input.focus();
  }
});
