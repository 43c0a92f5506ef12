// The article beside a page. A chip anywhere on the page (`.chip[data-article][data-run]`) opens its article at its run.
// The chips around it, within the same `.chip-group` or else the whole page, are the places that one steps through;
// those of one article are marked in it together. One without a number opens its article, and nothing is marked.
const reader = element.querySelector("#reader");
const isArabic = () => document.documentElement.lang === "ar";
const say = (english, arabic) => (isArabic() ? arabic : english);
const current = { key: null, chip: null, group: null, places: [], at: -1 };
let asked = 0;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".chip[data-article], #reader button");
  if (!button) return;
  if (button.matches(".chip")) open(button);
  else if (button.matches(".back")) back();
  else if (button.matches(".step")) step(button.matches(".next") ? 1 : -1);
  else if (button.matches(".copy-citation")) copy(button, citation(button));
  else if (button.matches(".copy-link")) copy(button, link());
});
// By their place on the keyboard, since an Arabic one has other letters there.
reader.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const onward = isArabic() ? "ArrowLeft" : "ArrowRight";
  const sideways = event.target === reader && /^Arrow(Left|Right)$/.test(event.key);
  if (event.code === "KeyN" || event.code === "KeyP" || sideways)
    step(event.code === "KeyN" || event.key === onward ? 1 : -1);
});
// A page opens an article by itself, as the first citation of a new answer: {chip, scroll}, or closes it: {}.
document.addEventListener("isnad:read", (event) => (event.detail.chip ? open(event.detail.chip, event.detail) : close()));

const shared = new URLSearchParams(location.search);
if (shared.get("article")) {
  const run = shared.has("start") ? `${shared.get("start")}-${shared.get("end")}` : null;
  current.places = [{ article: shared.get("article"), kind: "citation", number: "1", run, label: "" }];
  go(0);
}

function open(chip, { scroll = true } = {}) {
  const kind = chip.dataset.citation ? "citation" : "passage";
  if (!chip.closest("#reader .runs")) {
    const inReader = chip.closest("#reader");
    current.group = chip.closest(".chip-group") ?? document.getElementById("desk");
    if (!inReader) current.chip = chip;
    const once = new Map();
    for (const one of current.group.querySelectorAll(`.chip[data-${kind}]`))
      if (!once.has(one.dataset[kind])) once.set(one.dataset[kind], place(one, kind));
    current.places = once.size ? [...once.values()] : [place(chip, kind)];
  }
  go(current.places.findIndex((one) => one.number === chip.dataset[kind]), scroll);
}

function place(chip, kind) {
  const { article, run, asked } = chip.dataset;
  return { article, run, asked, kind, number: chip.dataset[kind], label: chip.getAttribute("aria-label") };
}

function step(by) {
  if (current.places[current.at + by]) go(current.at + by);
}

// Opens one of the places: asks for its article, unless that is open, and marks it.
async function go(at, scroll = true) {
  const { group, places } = current;
  const one = places[at];
  if (!one) return;
  const { kind, number } = one;
  const focused = reader.contains(document.activeElement) ? document.activeElement : null;
  const arrived = await show(one.article, places.filter((other) => other.article === one.article), kind);
  if (!arrived) return;
  current.at = at;
  for (const other of document.querySelectorAll('.chip[aria-current="true"]')) other.removeAttribute("aria-current");
  if (number === undefined) current.chip.setAttribute("aria-current", "true");
  for (const root of [group, reader.querySelector(".runs")])
    for (const same of root?.querySelectorAll(`.chip[data-${kind}="${number}"]`) ?? [])
      same.setAttribute("aria-current", "true");
  document.getElementById("opened").textContent = one.label;
  tell(one);
  mark(kind, number, scroll);
  if (focused && !focused.isConnected) (reader.querySelector(`.${[...focused.classList].join(".")}`) ?? reader).focus();
  if (kind === "citation" && one.run) hear(one);
}

// Asks for an article with its runs marked, unless it is the one that is open. False where another was asked for since.
async function show(article, places, kind) {
  const query = new URLSearchParams({ id: article, kind });
  for (const { number, run, asked } of places) if (run) query.append("run", `${number}:${run}${asked ? `:${asked}` : ""}`);
  const key = `./article?${query}`;
  const number = ++asked;
  if (current.key === key) return true;
  const response = await fetch(key).catch(() => null);
  const html = response?.ok ? await response.text().catch(() => null) : null;
  if (number !== asked) return false;
  current.key = html === null ? null : key;
  if (html === null) fail(response?.status);
  else {
    reader.querySelector(".opened").innerHTML = html;
    reader.scrollTop = 0;
    reader.dispatchEvent(new Event("isnad:opened"));
  }
  return html !== null;
}

function fail(status) {
  const note = document.createElement("p");
  note.className = "fault";
  note.role = "alert";
  if (status === 404) note.textContent = say("This article is no longer in the archive.", "لم يعد هذا المقال في الأرشيف.");
  else if (status) note.textContent = say("This article met a fault of the program.", "أصاب البرنامج خلل عند فتح هذا المقال.");
  else note.textContent = say("The program cannot be reached. Was it stopped?", "تعذّر الوصول إلى البرنامج. هل أُوقف؟");
  reader.querySelector(".opened").replaceChildren(note);
  if (status === 404) document.dispatchEvent(new CustomEvent("isnad:gone", { detail: { chip: current.chip, note } }));
}

// Says which place of how many this is, and what can be done with it.
function tell({ kind, number }) {
  const { places, at } = current;
  const steps = reader.querySelector(".steps");
  const position = steps.querySelector(".position");
  steps.hidden = places.length < 2;
  position.textContent = position.dataset.words.replace("{number}", at + 1).replace("{count}", places.length);
  steps.querySelector(".previous").ariaDisabled = String(at === 0);
  steps.querySelector(".next").ariaDisabled = String(at === places.length - 1);
  reader.querySelector(".copy-citation").hidden = !reader.querySelector(`mark[data-${kind}="${number}"]`);
}

function mark(kind, number, scroll) {
  const marks = reader.querySelectorAll(`mark[data-${kind}="${number}"]`);
  for (const former of reader.querySelectorAll("mark.current")) former.classList.remove("current");
  for (const one of marks) {
    one.classList.add("current");
    const folded = one.closest("details");
    if (folded) folded.open = true;
  }
  reveal(marks[0], scroll);
}

// Within a reader that scrolls by itself only the reader moves; on a small screen the page does, when asked to.
function reveal(first, scroll) {
  const own = getComputedStyle(reader).overflowY !== "visible";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (own && first) {
    const head = reader.querySelector(".article-head").offsetHeight;
    const top = first.getBoundingClientRect().top - reader.getBoundingClientRect().top + reader.scrollTop;
    const room = Math.max(0, (reader.clientHeight - head - first.getBoundingClientRect().height) / 3);
    reader.scrollTo({ top: top - head - room, behavior: "auto" });
  } else if (!own && scroll) {
    const shown = first ?? reader.querySelector(".article-head h2");
    shown.scrollIntoView({ block: first ? "center" : "start", behavior: calm ? "auto" : "smooth" });
  }
}

// What the speaker of a place says elsewhere comes when it comes: the article does not wait for it.
async function hear({ article, run }) {
  const section = reader.querySelector(".said");
  if (section.dataset.run === run) return;
  section.dataset.run = run;
  section.replaceChildren();
  const slow = setTimeout(() => (section.textContent = section.dataset.searching), 400);
  const [start, end] = run.split("-");
  const response = await fetch(`./article/statements?${new URLSearchParams({ id: article, start, end })}`).catch(() => null);
  const html = response?.ok ? await response.text().catch(() => null) : null;
  clearTimeout(slow);
  if (section.dataset.run !== run) return;
  if (html === null) section.textContent = section.dataset.fault;
  else section.innerHTML = html;
}

function citation(button) {
  const { kind, number, run } = current.places[current.at];
  const quote = [...reader.querySelectorAll(`mark[data-${kind}="${number}"]`)].map((one) => one.textContent).join("");
  const [start, end] = run.split("-");
  const offsets = button.dataset.offsets.replace("{start}", start).replace("{end}", end);
  return `${button.dataset.quoted.replace("{quote}", () => quote)}\n${button.dataset.cited} · ${offsets}`;
}

function link() {
  const { article, run } = current.places[current.at];
  const [start, end] = run?.split("-") ?? [];
  const isMarked = reader.querySelector("mark.current");
  return `${location.origin}/?${new URLSearchParams(isMarked ? { article, start, end } : { article })}`;
}

async function copy(button, text) {
  button.dataset.words ??= button.textContent;
  await (navigator.clipboard?.writeText(text) ?? Promise.reject()).catch(() => copyByHand(text));
  button.textContent = button.dataset.done;
  document.getElementById("opened").textContent = button.dataset.done;
  setTimeout(() => (button.textContent = button.dataset.words), 1600);
}

// Where the page is not of this machine, browsers know no clipboard.
function copyByHand(text) {
  const focused = document.activeElement;
  const box = document.createElement("textarea");
  box.value = text;
  reader.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
  focused?.focus();
}

function close() {
  Object.assign(current, { key: null, places: [], at: -1 });
  asked += 1;
  reader.querySelector(".opened").replaceChildren();
  document.getElementById("opened").textContent = "";
  for (const chip of document.querySelectorAll('.chip[aria-current="true"]')) chip.removeAttribute("aria-current");
}

function back() {
  current.chip?.scrollIntoView({ block: "center" });
  current.chip?.focus({ preventScroll: true });
}
