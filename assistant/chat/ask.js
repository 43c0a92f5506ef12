// The conversation in the browser. Turns come in one at a time; a number opens its article beside them, which the turn
// brought along, so that nothing is asked of the server. `element`, `props` and `watch` are given by gr.HTML.
const log = element.querySelector(".log");
const opened = { turn: null, chip: null };

watch("value", () => {
  if (props.value) show(props.value.id, props.value.html);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".chip, .back");
  if (!button) return;
  if (button.matches(".back")) return back();
  open(button.closest(".turn") ?? opened.turn, button);
});

// Gradio's box is set left to right; what is typed decides.
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("#question textarea")) event.target.dir = "auto";
});

function show(id, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const turn = holder.content.firstElementChild;
  turn.dataset.turn = id;
  const former = log.querySelector(`[data-turn="${id}"]`);
  if (former) former.replaceWith(turn);
  else log.append(turn);
  document.body.classList.add("asked");
  log.setAttribute("aria-busy", String(turn.querySelector(".pending") !== null));
  // A draft grows in its place, and leaves the page where the reader moved it.
  if (!former || !turn.querySelector(".draft")) turn.scrollIntoView({ block: "start" });
  const first = turn.querySelector(".answer .chip");
  if (first) open(turn, first, false);
  else if (!turn.querySelector(".pending")) close();
}

function open(turn, chip, scroll = true) {
  const { article, citation, passage } = chip.dataset;
  const number = citation ? `[data-citation="${citation}"]` : `[data-passage="${passage}"]`;
  const reader = document.getElementById("reader");
  const template = turn.querySelector(`template[data-article="${article}"]`);
  reader.querySelector(".opened").replaceChildren(template.content.cloneNode(true));
  for (const current of document.querySelectorAll('.chip[aria-current="true"]')) current.removeAttribute("aria-current");
  for (const root of [turn, reader])
    for (const same of root.querySelectorAll(`.chip${number}`)) same.setAttribute("aria-current", "true");
  const marks = reader.querySelectorAll(`mark${number}`);
  for (const mark of marks) mark.classList.add("current");
  opened.turn = turn;
  if (chip.closest(".turn")) opened.chip = chip;
  else reader.querySelector(`.chip${number}`).focus();
  document.getElementById("opened").textContent = chip.getAttribute("aria-label");
  reveal(reader, marks[0], scroll);
}

// Within a reader that scrolls by itself only the reader moves; on a small screen the page does, when asked to.
function reveal(reader, mark, scroll) {
  const own = getComputedStyle(reader).overflowY !== "visible";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (own) {
    const head = reader.querySelector(".article-head").offsetHeight;
    const top = mark.getBoundingClientRect().top - reader.getBoundingClientRect().top + reader.scrollTop;
    const room = Math.max(0, (reader.clientHeight - head - mark.getBoundingClientRect().height) / 3);
    reader.scrollTo({ top: top - head - room, behavior: "auto" });
  } else if (scroll) mark.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

function close() {
  document.querySelector("#reader .opened").replaceChildren();
  document.getElementById("opened").textContent = "";
  for (const current of document.querySelectorAll('.chip[aria-current="true"]')) current.removeAttribute("aria-current");
}

function back() {
  opened.chip?.scrollIntoView({ block: "center" });
  opened.chip?.focus({ preventScroll: true });
}
