// The conversation in the browser: what a question streams, and what can be done with its turn. `element` is the
// part's own. The question box asks by `isnad:ask`; it is told of by `isnad:working`, `isnad:refused` and `isnad:type`.
const log = element.querySelector(".log");
const welcome = element.querySelector(".welcome");
const say = (english, arabic) => (document.documentElement.lang === "ar" ? arabic : english);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`isnad:${name}`, { detail }));
const turns = () => [...log.querySelectorAll(".turn")];
const REMEMBERED = 20; // questions that a follow-up may lean on
let current = null;

document.addEventListener("isnad:ask", (event) => ask(event.detail));
document.addEventListener("isnad:stop", () => current?.abort());
document.addEventListener("isnad:conversation", (event) => restore(event.detail));

// Asks a question, which takes the place of `turn` where that is given, and with `onwards` of all turns after it.
async function ask({ question, filters, turn = null, onwards = false }) {
  if (current) return;
  const all = turns();
  const place = turn ? all.indexOf(turn) : all.length;
  const history = all.slice(0, place).map((one) => one.dataset.asked).filter(Boolean).slice(-REMEMBERED);
  const mended = { question, turn: onwards ? turn : null };
  const giving = all.slice(place, onwards ? undefined : place + 1);
  const names = (some) => some.map((one) => one.dataset.turn);
  const conversation = document.body.dataset.conversation ?? null;
  const kept = { conversation, before: names(all.slice(0, place)), replaced: names(giving) };
  let shown = null;
  let finished = false;
  let trouble = unreachable;
  current = new AbortController();
  tell("working", { busy: true });
  try {
    const response = await fetch("./turn", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: question.toWellFormed?.() ?? question, history, filters, ...kept }),
      signal: current.signal,
    });
    trouble = fault; // which may come before the first line was read
    for await (const state of response.ok ? lines(response.body) : []) {
      if (state.field) return tell("refused", { ...mended, ...state });
      if (state.kept) {
        if (shown.isConnected) tell("kept", state.kept);
        continue;
      }
      shown = show(state, shown, giving);
      shown.dataset.filters = JSON.stringify(filters);
      finished = state.final;
      if (finished) tell("working", { busy: true, ending: true });
    }
    if (!finished) throw new Error("the answer broke off");
  } catch (error) {
    const stopped = error.name === "AbortError";
    if (shown) end(shown, stopped ? ".stopped" : ".fault");
    else tell("refused", { ...mended, message: stopped ? "" : trouble() });
  } finally {
    current = null;
    log.setAttribute("aria-busy", "false");
    tell("working", { busy: false });
  }
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) yield JSON.parse(part);
  }
}

// Shows the turns of a kept conversation in the place of all there are.
function restore({ turns: kept }) {
  current?.abort();
  for (const turn of turns()) turn.remove();
  for (const { id, html, asked, filters } of kept) {
    const turn = made(html);
    Object.assign(turn.dataset, { turn: id, asked, filters: JSON.stringify(filters) });
    log.append(turn);
  }
  document.body.classList.toggle("asked", kept.length > 0);
  const last = turns().at(-1);
  last?.scrollIntoView({ block: "start" });
  tell("read", { chip: last?.querySelector(".answer .chip"), scroll: false });
}

function made(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

// Shows a state of a turn in the place of its former one, at first in that of the turns that give way.
function show({ id, html, final, asked }, former, giving) {
  const turn = made(html);
  turn.dataset.turn = id;
  if (asked) turn.dataset.asked = asked;
  const follows = log.scrollHeight > log.clientHeight && log.scrollHeight - log.clientHeight - log.scrollTop < 40;
  if (former) former.replaceWith(turn);
  else if (giving.length) {
    giving[0].before(turn);
    for (const one of giving) one.remove();
  } else log.append(turn);
  document.body.classList.add("asked");
  log.setAttribute("aria-busy", String(!final));
  // A draft grows in its place: in sight of who reads at the end, and elsewhere it leaves the page where it was moved.
  if (!former || follows || !turn.querySelector(".draft")) turn.scrollIntoView({ block: "start" });
  const chip = turn.querySelector(".answer .chip");
  if (final) tell("read", { chip, scroll: false });
  return turn;
}

// No question waits for ever: what was waiting for an answer says why there is none.
function end(turn, why) {
  turn.querySelector(".pending")?.remove();
  turn.querySelector(why)?.removeAttribute("hidden");
  turn.scrollIntoView({ block: "nearest" });
}

const fault = () =>
  say("This met a fault of the program; the terminal that serves this page shows it.",
    "أصاب البرنامج خلل، وتفصيله في الطرفية التي تُشغّل هذه الصفحة.");
const unreachable = () =>
  say("The program cannot be reached. Was it stopped?", "تعذّر الوصول إلى البرنامج. هل أُوقف؟");
const forgotten = () =>
  say("This answer is no longer at hand; ask again.", "لم يعد هذا الجواب متاحًا، أعد السؤال.");

// What can be done with a turn.
element.addEventListener("click", (event) => {
  const button = event.target.closest(".tool");
  if (!button) return;
  const turn = button.closest(".turn");
  const { question, filters = "{}" } = turn.dataset;
  const asked = { question, filters: JSON.parse(filters), turn };
  if (button.dataset.do === "copy") copy(button);
  else if (button.dataset.do === "retry") ask(asked);
  else if (button.dataset.do === "edit") tell("type", asked);
  else judge(turn, button);
});

async function copy(button) {
  const { text, html } = button.dataset;
  const kinds = { "text/plain": text, "text/html": html };
  const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })]);
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  } catch {
    // A page that is not served over HTTPS or from this machine has no clipboard but this one.
    const fill = (event) => {
      for (const [type, content] of Object.entries(kinds)) event.clipboardData.setData(type, content);
      event.preventDefault();
    };
    document.addEventListener("copy", fill, { once: true });
    document.execCommand("copy");
    document.removeEventListener("copy", fill);
  }
  const former = button.innerHTML;
  button.textContent = say("Copied", "نُسخ");
  announce(button.textContent);
  setTimeout(() => (button.innerHTML = former), 2000);
}

const announce = (text) => (element.querySelector(".said").textContent = text);

async function judge(turn, button) {
  const { verdict } = button.dataset;
  if (!(await send(turn, { verdict }))) return;
  for (const thumb of turn.querySelectorAll(".thumb")) thumb.setAttribute("aria-pressed", String(thumb === button));
  note(turn).replaceChildren(reason(turn, verdict));
  note(turn).querySelector("input").focus();
}

function reason(turn, verdict) {
  const form = document.createElement("form");
  const [label, input, button] = ["label", "input", "button"].map((name) => document.createElement(name));
  label.textContent = say("Noted. Why? (optional)", "سُجّل رأيك. ما السبب؟ (اختياري)");
  Object.assign(input, { dir: "auto", maxLength: 2000, autocomplete: "off" });
  button.textContent = say("Send", "أرسل");
  label.append(input);
  form.append(label, button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await send(turn, { verdict, reason: input.value }))) return;
    note(turn).textContent = say("Thank you. It is kept beside the archive.", "شكرًا لك. حُفظ رأيك مع الأرشيف.");
    turn.querySelector('.thumb[aria-pressed="true"]')?.focus();
  });
  return form;
}

async function send(turn, opinion) {
  const response = await fetch("./feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ turn: turn.dataset.turn, ...opinion }),
  }).catch(() => null);
  if (!response?.ok) note(turn).textContent = await why(response);
  return response?.ok;
}

async function why(response) {
  if (!response) return unreachable();
  if (response.status === 404) return forgotten();
  return response.status === 507 ? (await response.json()).detail : fault();
}

function note(turn) {
  const found = turn.querySelector(".noted");
  if (found) return found;
  const made = document.createElement("div");
  made.className = "noted";
  made.role = "status";
  made.dir = "auto";
  turn.append(made);
  return made;
}

// An audit is made when it is first opened. The event does not bubble.
element.addEventListener(
  "toggle",
  async ({ target }) => {
    const findings = target.querySelector?.(".findings");
    if (!target.open || !findings || findings.childElementCount) return;
    const query = new URLSearchParams({ turn: target.closest(".turn").dataset.turn });
    if (document.body.dataset.shared) query.set("shared", document.body.dataset.shared);
    const response = await fetch(`./audit?${query}`).catch(() => null);
    if (response?.ok) findings.innerHTML = await response.text();
    else findings.textContent = await why(response);
  },
  true,
);

// What the archive holds tells how the page begins.
async function begin() {
  const patience = setTimeout(() => (welcome.dataset.state ||= "opening"), 300);
  const response = await fetch("./holdings").catch(() => null);
  clearTimeout(patience);
  const holdings = response?.ok ? await response.json() : null;
  welcome.dataset.state = holdings ? (holdings.articles ? "ready" : "empty") : "failed";
  tell("holdings", holdings ?? { articles: 0, outlets: [] });
  if (!holdings?.articles) return;
  const examples = await fetch("./examples").catch(() => null);
  element.querySelector(".examples").replaceChildren(...(examples?.ok ? await examples.json() : []).map(example));
}

function example(question) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "example", dir: "auto", textContent: question });
  button.addEventListener("click", () => tell("type", { question, send: true }));
  return button;
}

addEventListener("focus", () => {
  if (welcome.dataset.state === "empty") begin();
});
begin();
