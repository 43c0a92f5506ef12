// The article beside a page. A chip anywhere on the page (`.chip[data-article][data-run]`) opens its article at its run;
// the runs of the chips around it, within the same `.chip-group` or else the whole page, are marked with it.
const reader = element.querySelector("#reader");
const isArabic = () => document.documentElement.lang === "ar";
const current = { key: null, chip: null };
let asked = 0;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".chip[data-article], .back");
  if (!button) return;
  if (button.matches(".back")) return back();
  open(button);
});
// A page opens an article by itself, as the first citation of a new answer: {chip, scroll}, or closes it: {}.
document.addEventListener("isnad:read", (event) => (event.detail.chip ? open(event.detail.chip, event.detail) : close()));

const shared = new URLSearchParams(location.search);
if (shared.get("article")) {
  const run = `${shared.get("start")}-${shared.get("end")}`;
  show(shared.get("article"), [{ citation: "1", run }], "citation").then(() => mark("citation", "1"));
}

async function open(chip, { scroll = true } = {}) {
  const kind = chip.dataset.citation ? "citation" : "passage";
  const group = chip.closest("#reader") ? reader : (chip.closest(".chip-group") ?? document.getElementById("desk"));
  const chips = [...group.querySelectorAll(`.chip[data-${kind}]`)].filter((c) => c.dataset.article === chip.dataset.article);
  const once = new Map(chips.map((c) => [c.dataset[kind], c.dataset]));
  const fromReader = group === reader;
  if (!fromReader) current.chip = chip;
  const arrived = fromReader || (await show(chip.dataset.article, [...once.values()], kind));
  if (!arrived) return;
  for (const other of document.querySelectorAll('.chip[aria-current="true"]')) other.removeAttribute("aria-current");
  for (const root of [fromReader ? (current.chip?.closest(".chip-group") ?? reader) : group, reader])
    for (const same of root.querySelectorAll(`.chip[data-${kind}="${chip.dataset[kind]}"]`))
      same.setAttribute("aria-current", "true");
  chip.setAttribute("aria-current", "true"); // also where it opens the article as a whole
  if (fromReader) chip.focus();
  document.getElementById("opened").textContent = chip.getAttribute("aria-label");
  mark(kind, chip.dataset[kind], scroll);
}

// Asks for an article with its runs marked, unless it is the one that is open. False where another was asked for since.
async function show(article, runs, kind) {
  const query = new URLSearchParams({ id: article, kind });
  for (const run of runs.filter((run) => run.run)) query.append("run", `${run[kind]}:${run.run}${run.asked ? `:${run.asked}` : ""}`);
  const key = `./article?${query}`;
  const number = ++asked;
  if (current.key === key) return true;
  const response = await fetch(key).catch(() => null);
  const html = response?.ok ? await response.text() : null;
  if (number !== asked) return false;
  current.key = html === null ? null : key;
  if (html === null) fail(response?.status === 404);
  else reader.querySelector(".opened").innerHTML = html;
  return html !== null;
}

function fail(gone) {
  const note = document.createElement("p");
  note.className = "fault";
  note.role = "alert";
  note.textContent = gone
    ? isArabic() ? "لم يعد هذا المقال في الأرشيف." : "This article is no longer in the archive."
    : isArabic() ? "تعذّر الوصول إلى البرنامج. هل أُوقف؟" : "The program cannot be reached. Was it stopped?";
  reader.querySelector(".opened").replaceChildren(note);
}

function mark(kind, number, scroll = true) {
  const marks = reader.querySelectorAll(`mark[data-${kind}="${number}"]`);
  for (const former of reader.querySelectorAll("mark.current")) former.classList.remove("current");
  for (const one of marks) one.classList.add("current");
  if (marks[0]) reveal(marks[0], scroll);
}

// Within a reader that scrolls by itself only the reader moves; on a small screen the page does, when asked to.
function reveal(first, scroll) {
  const own = getComputedStyle(reader).overflowY !== "visible";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (own) {
    const head = reader.querySelector(".article-head").offsetHeight;
    const top = first.getBoundingClientRect().top - reader.getBoundingClientRect().top + reader.scrollTop;
    const room = Math.max(0, (reader.clientHeight - head - first.getBoundingClientRect().height) / 3);
    reader.scrollTo({ top: top - head - room, behavior: "auto" });
  } else if (scroll) first.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

function close() {
  current.key = null;
  asked += 1;
  reader.querySelector(".opened").replaceChildren();
  document.getElementById("opened").textContent = "";
  for (const chip of document.querySelectorAll('.chip[aria-current="true"]')) chip.removeAttribute("aria-current");
}

function back() {
  current.chip?.scrollIntoView({ block: "center" });
  current.chip?.focus({ preventScroll: true });
}
