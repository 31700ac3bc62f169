// Arrow keys move between the entries of a calendar; Enter opens them, for they are links. Tab works as ever.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

const entries = (cell) => [...cell.querySelectorAll("[data-cell]")];

function within(cell, from, step) {
  const all = entries(cell);
  return all[all.indexOf(from) + step];
}

// the next cell in this direction that has an entry
function beyond(cell, [down, across]) {
  const rows = [...cell.closest("table").tBodies].flatMap((body) => [...body.rows]);
  let row = rows.indexOf(cell.parentElement) + down;
  let column = cell.cellIndex + across;
  while (rows[row]?.cells[column]) {
    const all = entries(rows[row].cells[column]);
    if (all.length) return down < 0 ? all.at(-1) : all[0];
    row += down;
    column += across;
  }
  return undefined;
}

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const here = document.activeElement;
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !here?.matches("[data-cell]")) return;
  const cell = here.closest("td, th");
  const next = (step[0] && within(cell, here, step[0])) || beyond(cell, step);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
});
