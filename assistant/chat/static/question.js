// The question box: what is typed, what it is narrowed to, stopping and editing. `element` is the part's own.
const form = element.querySelector("form");
const box = form.querySelector("textarea");
const fold = form.querySelector(".fold");
const panel = form.querySelector("#filters");
const isArabic = document.documentElement.lang === "ar";
const say = (english, arabic) => (isArabic ? arabic : english);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`isnad:${name}`, { detail }));
const field = (name) => panel.querySelector(`[name="${name}"]`);
let sources = [];
let editing = null;
let busy = false;
let ending = false; // the answer is there, and is being kept
let next = false; // whether what is in the box is asked then

box.placeholder = isArabic ? box.dataset.ar : box.dataset.en;
for (const option of panel.querySelectorAll("option")) option.textContent = option.dataset[isArabic ? "ar" : "en"];
if (matchMedia("(hover: hover)").matches) box.focus();

const fit = () => {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
};
box.addEventListener("input", () => {
  fit();
  refuse("question", "");
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  next = false;
  if (busy) tell("stop");
  else leave();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  next = ending;
  if (busy) return;
  const question = box.value;
  const turn = editing;
  type("");
  leave();
  tell("ask", { question, filters: narrowed(), turn, onwards: turn !== null });
});
form.querySelector(".stop").addEventListener("click", () => tell("stop"));
form.querySelector(".leave").addEventListener("click", () => leave());

function type(text) {
  box.value = text;
  fit();
}

// A question that is put into the box: an example that is asked at once, or that of a turn that is to be edited.
document.addEventListener("isnad:type", ({ detail: { question, filters, turn = null, send = false } }) => {
  if (busy) return;
  leave();
  type(question);
  if (filters) narrow(filters);
  if (turn) edit(turn);
  if (send) form.requestSubmit();
  else box.focus();
});

function edit(turn) {
  editing = turn;
  form.querySelector(".editing").hidden = false;
  for (let one = turn; one; one = one.nextElementSibling) one.classList.add("giving-way");
}

function leave() {
  if (editing) type("");
  editing = null;
  form.querySelector(".editing").hidden = true;
  for (const one of document.querySelectorAll(".giving-way")) one.classList.remove("giving-way");
}

document.addEventListener("isnad:working", ({ detail }) => {
  ({ busy, ending = false } = detail);
  form.querySelector(".stop").hidden = !busy;
  form.querySelector(".submit-button").hidden = busy;
  if (busy) {
    unfold(false);
    for (const line of form.querySelectorAll(".refused")) refuse(line.id.replace("refused-", ""), "");
  } else {
    if (document.activeElement === document.body) box.focus({ preventScroll: true });
    if (next) form.requestSubmit();
  }
});

document.addEventListener("isnad:refused", ({ detail: { field: name = "question", message = "", question, turn } }) => {
  if (!box.value) type(question);
  if (turn) edit(turn);
  if (name !== "question") unfold(true);
  refuse(name, message);
  (field(name) ?? box).focus();
});

function refuse(name, message) {
  form.querySelector(`#refused-${name}`).textContent = message;
  const control = field(name) ?? box;
  if (message) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

// What the question is narrowed to.
fold.addEventListener("click", () => unfold(panel.hidden));

function unfold(open) {
  panel.hidden = !open;
  fold.setAttribute("aria-expanded", String(open));
}

document.addEventListener("isnad:holdings", ({ detail: { articles, outlets } }) => {
  form.hidden = articles === 0;
  panel.querySelector("datalist").replaceChildren(...outlets.map((name) => new Option("", name)));
});

panel.addEventListener("change", ({ target }) => {
  if (target.name === "source") {
    if (target.value.trim()) sources = [...new Set([...sources, target.value.trim()])];
    target.value = "";
  }
  refuse(target.name, "");
  list();
});
panel.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});

function narrowed() {
  const { value } = field("speaker");
  const plain = Object.fromEntries(["published_from", "published_to", "language"].map((name) => [name, field(name).value]));
  return { ...plain, speaker: value.trim(), source: sources };
}

function narrow(filters) {
  for (const name of ["published_from", "published_to", "language", "speaker"]) field(name).value = filters[name] ?? "";
  sources = filters.source ?? [];
  list();
}

// What is narrowed stands beside the box, also where the fields are folded away; pressing it takes it off.
function list() {
  const now = narrowed();
  const named = { ar: say("In Arabic", "بالعربية"), en: say("In English", "بالإنجليزية") };
  const facts = [
    ["published_from", now.published_from, say("From", "من")],
    ["published_to", now.published_to, say("To", "إلى")],
    ...sources.map((name) => ["source", name, say("Outlet:", "المصدر:")]),
    ["language", named[now.language] ?? ""],
    ["speaker", now.speaker, say("Statements by", "تصريحات")],
  ];
  const chips = facts.filter(([, value]) => value).map((fact) => chip(...fact));
  form.querySelector(".narrowed").replaceChildren(...chips);
}

function chip(name, value, label = "") {
  const [item, button, text, cross] = ["li", "button", "bdi", "span"].map((tag) => document.createElement(tag));
  text.textContent = value;
  Object.assign(cross, { textContent: "×", ariaHidden: "true" });
  button.type = "button";
  button.append(label ? `${label} ` : "", text, cross);
  button.ariaLabel = `${say("Remove:", "أزل:")} ${label} ${value}`;
  button.addEventListener("click", () => {
    if (name === "source") sources = sources.filter((other) => other !== value);
    else field(name).value = "";
    refuse(name, "");
    list();
    box.focus();
  });
  item.append(button);
  return item;
}
