// What the pages of RFQs need from the browser: dragging cards, one lane at a time on a telephone, pastes into the table of lines, copying a link.

// Some browsers begin no drag without data.
document.addEventListener("dragstart", event => {
  const card = event.target instanceof Element ? event.target.closest("[data-card]") : null;
  if (card) {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.card);
  }
});

// Every lane takes a drop: one that refuses says why.
document.addEventListener("dragover", event => {
  if (event.target instanceof Element && event.target.closest("[data-drop]")) {
    event.preventDefault();
  }
});

const lanesOf = chip => chip.closest("nav")?.parentElement?.querySelector("[data-lanes]") ?? document.querySelector("[data-lanes]");

function showLane(name, smooth) {
  const lane = document.getElementById(`lane-${name}`);
  const lanes = lane?.closest("[data-lanes]");
  if (lanes) {
    lanes.scrollTo({ left: lane.offsetLeft - (lanes.clientWidth - lane.clientWidth) / 2, behavior: smooth ? "smooth" : "instant" });
  }
}

function markLane(lanes) {
  const middle = lanes.scrollLeft + lanes.clientWidth / 2;
  const near = [...lanes.children].reduce((best, lane) =>
    Math.abs(lane.offsetLeft + lane.clientWidth / 2 - middle) < Math.abs(best.offsetLeft + best.clientWidth / 2 - middle) ? lane : best);
  for (const chip of document.querySelectorAll("[data-lane]")) {
    const here = near.id === `lane-${chip.dataset.lane}`;
    chip.classList.toggle("chip-on", here);
    chip.setAttribute("aria-pressed", here);
    if (here) {
      chip.parentElement.scrollTo({ left: chip.offsetLeft - chip.parentElement.clientWidth / 2 + chip.clientWidth / 2 });
    }
  }
}

document.addEventListener("scroll", event => {
  if (event.target instanceof Element && event.target.matches("[data-lanes]")) {
    markLane(event.target);
  }
}, { capture: true, passive: true });

new MutationObserver(() => {
  const lanes = document.querySelector("[data-lanes]:not([data-shown])");
  if (lanes) {
    lanes.dataset.shown = "";
    if (matchMedia("(max-width: 767px)").matches) {
      showLane("open", false);
    }
    markLane(lanes);
  }
}).observe(document.body, { childList: true, subtree: true });

document.addEventListener("click", async event => {
  const target = event.target instanceof Element ? event.target : null;
  const chip = target?.closest("[data-lane]");
  if (chip && lanesOf(chip)) {
    showLane(chip.dataset.lane, true);
  }
  const copy = target?.closest("[data-copy]");
  if (copy) {
    const field = document.getElementById(copy.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    copy.dataset.copied = "";
  }
  const add = target?.closest("[data-paste-add]");
  if (add) {
    const box = document.querySelector("[data-paste-box]");
    if (box.value.trim() !== "") {
      hand(box.value);
      box.value = "";
      add.closest(".popup-panel")?.querySelector(".popup-close")?.click();
    }
  }
});

// A paste may be longer than one message to the server, so it goes the way of a file.
function hand(text) {
  const input = document.querySelector("input[data-lines-file]");
  if (input) {
    const files = new DataTransfer();
    files.items.add(new File([text], "pasted.tsv", { type: "text/tab-separated-values" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

document.addEventListener("paste", event => {
  const target = event.target instanceof Element ? event.target : null;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  // One cell is typed text; several are lines.
  if (target?.closest("[data-lines]") && !target.matches("[data-paste-box]") && /[\t\n]/.test(text.trimEnd())) {
    event.preventDefault();
    hand(text);
  }
});
