// The page for evaluating. A run goes on by itself on the server, which tells how it stands a line of JSON at a time;
// `element` is the part's own.
const form = element.querySelector("form.ask-set");
const select = form.elements.chosen;
const box = form.querySelector("textarea");
const fault = form.querySelector(".fault");
const state = form.querySelector(".state");
const bar = form.querySelector("progress");
const listed = element.querySelector(".listed");
const opened = element.querySelector(".opened-run");
const dialog = element.querySelector("dialog");
const address = new URLSearchParams(location.search);
let file = "pasted.jsonl";
let asked = 0;

function tell(line, isBad = false) {
  state.textContent = line;
  state.classList.toggle("bad", isBad);
}
function refuse(line) {
  fault.textContent = line;
  if (line) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

// Asks the server; null where it does not answer as hoped, which `trouble` is told in one line.
async function ask(path, { trouble = (line) => tell(line, true), ...options } = {}) {
  const response = await fetch(`./evaluation/${path}`, options).catch(() => null);
  if (response?.ok) return response;
  const detail = response && (await response.json().catch(() => null))?.detail;
  trouble(typeof detail === "string" ? detail : say(response ? "fault" : "gone"));
  return null;
}

async function offer() {
  const chosen = select.options.length ? select.value : null;
  const response = await ask("sets");
  if (!response) return;
  select.innerHTML = await response.text();
  if ([...select.options].some((option) => option.value === chosen)) select.value = chosen;
  suit();
}
function suit() {
  const isOwn = select.value === "";
  form.querySelector(".own").hidden = !isOwn;
  form.querySelector(".file").hidden = !isOwn;
  refuse("");
}
select.addEventListener("change", suit);

form.querySelector("input[type=file]").addEventListener("change", async (event) => {
  const [given] = event.target.files;
  event.target.value = "";
  if (!given) return;
  try {
    box.value = new TextDecoder("utf-8", { fatal: true }).decode(await given.arrayBuffer());
    file = given.name;
    refuse("");
    box.focus();
  } catch {
    refuse(say("not-text"));
  }
});
box.addEventListener("input", () => box.value || (file = "pasted.jsonl"));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!bar.hidden) return;
  if (select.value === "" && !box.value.trim()) {
    refuse(say("empty"));
    return box.focus();
  }
  const most = Number(form.dataset.mostBytes);
  if (select.value === "" && new Blob([box.value]).size > most) {
    refuse(say("large", { most: most / 2 ** 20 }));
    return box.focus();
  }
  refuse("");
  work(true);
  tell(say("reading"));
  const wanted = select.value ? { chosen: select.value } : { file, text: box.value };
  const begun = await ask("run", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wanted),
    trouble: refuse,
  });
  const refused = begun && (await begun.json()).refused;
  if (begun && !refused) return follow(true);
  if (refused) refuse(refused);
  work(false);
  tell("");
  if (select.value === "") box.focus();
});
form.querySelector(".stop").addEventListener("click", () => ask("run", { method: "DELETE" }));

function work(isWorking, mine = false) {
  bar.hidden = !isWorking;
  form.querySelector(".stop").hidden = !(isWorking && mine);
  form.querySelector("[type=submit]").disabled = isWorking;
  state.ariaLive = isWorking ? "off" : "polite"; // not every question is to be read out
  if (isWorking) bar.removeAttribute("value");
}

// Follows the run that goes on, if there is one; one that has ended is only of interest to who awaits its end.
async function follow(awaited) {
  const response = await ask("progress");
  let last = null;
  if (response) {
    try {
      for await (const line of lines(response)) {
        last = line;
        if (line.state !== "asking") break;
        awaited = true;
        work(true, line.mine);
        bar.max = line.total;
        bar.value = line.done;
        tell(say("asking", line) + (line.drafts ? ` · ${say("drafts", line)}` : ""));
      }
    } catch {
      last = null;
    }
  }
  work(false);
  if (!awaited) return;
  if (last === null || last.state === "asking") tell(say("gone"), true);
  else if (last.state === "failed") tell(last.reason ?? say("fault"), true);
  else {
    tell(say(last.state, last));
    if (last.state === "finished") {
      await list();
      if (last.mine) show(last.name);
    }
  }
}

async function* lines(response) {
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const whole = (rest + decoder.decode(part.value, { stream: true })).split("\n");
    rest = whole.pop();
    for (const line of whole) yield JSON.parse(line);
  }
}

async function list() {
  const response = await ask("runs");
  if (response) listed.innerHTML = await response.text();
  current();
}
function current() {
  const name = opened.querySelector(".evaluated")?.dataset.name;
  for (const button of listed.querySelectorAll(".open-run"))
    if (button.dataset.name === name) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
}
listed.addEventListener("click", (event) => {
  const button = event.target.closest(".open-run");
  if (button) show(button.dataset.name);
});

// Opens a stored run, compared with another one where that is named.
async function show(name, against = "", { focus = true } = {}) {
  const number = ++asked;
  opened.setAttribute("aria-busy", "true");
  const query = new URLSearchParams({ name, ...(against && { against }) });
  const response = await ask(`report?${query}`);
  const html = response && (await response.text());
  if (number !== asked) return;
  opened.removeAttribute("aria-busy");
  if (html === null) return;
  opened.innerHTML = html;
  for (const drawing of opened.querySelectorAll("svg[role=img]"))
    drawing.setAttribute("aria-label", drawing.closest("figure").querySelector("figcaption").innerText);
  for (const link of opened.querySelectorAll("a[data-kind]")) link.href = `./evaluation/file/${link.dataset.kind}?${query}`;
  const own = new URL(location);
  own.search = new URLSearchParams({ run: name, ...(against && { against }) });
  history.replaceState(history.state, "", own);
  current();
  document.dispatchEvent(new CustomEvent("isnad:read", { detail: {} }));
  if (focus) (against ? opened.querySelector("select") : opened.querySelector(".run-name")).focus();
}

opened.addEventListener("change", (event) => {
  if (event.target.name === "with") show(opened.querySelector(".evaluated").dataset.name, event.target.value);
});
opened.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches(".to-question")) {
    const question = opened.querySelector(`.question[data-order="${button.dataset.order}"]`);
    if (!question) return;
    for (let outer = question; outer; outer = outer.parentElement.closest("details")) outer.open = true;
    question.querySelector("summary").focus();
    question.scrollIntoView({ block: "start" });
  } else if (button?.matches(".to-wrong")) {
    const heading = opened.querySelector(".wrong-name");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  } else if (button?.matches(".delete")) {
    dialog.querySelector(".which").textContent = opened.querySelector(".evaluated").dataset.name;
    dialog.returnValue = "keep";
    dialog.showModal();
  }
});
// What a question opens to comes once it is opened.
opened.addEventListener(
  "toggle",
  async (event) => {
    const question = event.target;
    const body = question.matches?.(".question[open]") && question.querySelector(".body");
    if (!body || body.childElementCount) return;
    const { name } = question.closest(".evaluated").dataset;
    body.textContent = say("opening");
    const response = await ask(`question?${new URLSearchParams({ name, order: question.dataset.order })}`, {
      trouble: (line) => (body.textContent = line),
    });
    if (response) body.innerHTML = await response.text();
  },
  true,
);

dialog.addEventListener("close", async () => {
  if (dialog.returnValue !== "delete") return;
  const name = dialog.querySelector(".which").textContent;
  if (!(await ask(`report?${new URLSearchParams({ name })}`, { method: "DELETE" }))) return;
  opened.replaceChildren();
  history.replaceState(history.state, "", location.pathname);
  await list();
  element.querySelector("#stored-name").scrollIntoView({ block: "nearest" });
});

offer();
follow(false);
list().then(() => address.get("run") && show(address.get("run"), address.get("against") ?? "", { focus: false }));
