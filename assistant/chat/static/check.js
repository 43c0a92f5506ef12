// The page for checking. The server sends a JSON object a line; `element` is the part's own.
const form = element.querySelector("form.check");
const box = form.querySelector("textarea");
const fault = form.querySelector(".fault");
const report = element.querySelector(".report");
const outcomes = report.querySelector(".outcomes");
const state = report.querySelector(".state");
let running = null;
let found = [];

const kind = () => form.elements.kind.value;
const suit = () => (box.placeholder = say(`${kind()}-hint`));
suit();
form.addEventListener("change", (event) => {
  if (event.target.name === "kind") suit();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
form.querySelector(".stop").addEventListener("click", () => running?.abort());

form.querySelector("input[type=file]").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  try {
    box.value = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    refuse("");
    box.focus();
  } catch {
    refuse(say("not-text"));
  }
});

function refuse(line) {
  fault.textContent = line;
  if (line) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

async function check() {
  running?.abort();
  const text = box.value;
  const length = [...text].length;
  const most = Number(form.dataset[kind() === "text" ? "longestText" : "longestQuotation"]);
  const line = text.trim() === "" ? say("empty") : length > most ? say("long", { length, most }) : "";
  refuse(line);
  if (line) return box.focus();
  const stop = new AbortController();
  running = stop;
  begin();
  let [answered, ended] = [false, false];
  try {
    const response = await fetch("./check/verdicts", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, kind: kind() }),
      signal: stop.signal,
    });
    answered = true;
    let rest = "";
    for await (const piece of pieces(response)) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop();
      for (const one of lines) ended = take(JSON.parse(one)) || ended;
    }
    if (!ended) end("fault");
  } catch {
    if (stop.signal.aborted) {
      if (running === stop) end("stopped");
    } else if (!ended) end(answered ? "fault" : "gone");
  } finally {
    if (running === stop) running = null;
  }
}

async function* pieces(response) {
  if (!response.ok) return;
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read())
    yield decoder.decode(part.value, { stream: true });
}

let total = 0;
function begin() {
  found = [];
  total = 0;
  outcomes.replaceChildren();
  report.hidden = false;
  report.dataset.kind = kind();
  report.setAttribute("aria-busy", "true");
  report.querySelector(".filters").hidden = true;
  report.querySelector(".keep").hidden = true;
  report.querySelector(".kept").textContent = "";
  state.textContent = say("working");
  form.querySelector(".stop").hidden = false;
  only("");
  document.dispatchEvent(new CustomEvent("isnad:read", { detail: {} }));
}

// Takes one line; true where it was the last.
function take(line) {
  if (line.error) {
    refuse(line.error);
    report.hidden = true;
    end("");
    box.focus();
  } else if (line.total !== undefined) {
    total = line.total;
    outcomes.append(Object.assign(document.createElement("ol"), { className: "findings" }));
    count();
  } else if (line.read !== undefined) {
    state.textContent = say("reading", line);
  } else if (line.done) {
    end("");
  } else {
    found.push(line);
    (outcomes.querySelector("ol.findings") ?? outcomes).insertAdjacentHTML("beforeend", line.html);
    if (total) count();
  }
  return Boolean(line.error || line.done);
}

function count() {
  state.textContent = say("checking", { done: found.length, total });
  report.querySelector(".filters").hidden = false;
  for (const toggle of report.querySelectorAll(".toggle")) {
    const wanted = toggle.dataset.only;
    const number = found.filter((line) => !wanted || line.verdict === wanted).length;
    toggle.querySelector(".count").textContent = number.toLocaleString("en");
    toggle.disabled = number === 0;
  }
}

function end(word) {
  report.setAttribute("aria-busy", "false");
  form.querySelector(".stop").hidden = true;
  report.querySelector(".keep").hidden = found.length === 0;
  const summary = total ? say("sentences", { total }) : "";
  const checked = total ? say("checking", { done: found.length, total }) : "";
  state.textContent = [word && say(word), word ? checked : summary].filter(Boolean).join(" · ");
  for (const toggle of total ? report.querySelectorAll(".toggle:not(.all, :disabled)") : [])
    state.append(Object.assign(document.createElement("span"), { className: "unseen", textContent: ` · ${toggle.innerText}` }));
  state.classList.toggle("bad", word === "fault" || word === "gone");
}

report.addEventListener("click", (event) => {
  const toggle = event.target.closest(".toggle");
  if (toggle) only(toggle.dataset.only);
  const keep = event.target.closest("[data-keep]");
  if (keep) keepAs(keep.dataset.keep);
});

function only(verdict) {
  report.dataset.only = verdict;
  for (const toggle of report.querySelectorAll(".toggle"))
    toggle.setAttribute("aria-pressed", String(toggle.dataset.only === verdict));
}

function keepAs(form) {
  const markdown = `# ${say("title")}\n\n${found.map((line) => line.markdown).join("\n")}`;
  if (form === "copy") {
    navigator.clipboard.writeText(markdown).then(() => (report.querySelector(".kept").textContent = say("copied")));
    return;
  }
  const parts = found.map((line) => line.json);
  const supported = parts.filter((part) => part.support === "supported").length;
  const whole = total ? { passes: parts.every((part) => part.passes), supported, total: parts.length, sentences: parts } : parts[0];
  const link = document.createElement("a");
  link.download = `isnad-check.${form}`;
  link.href = URL.createObjectURL(new Blob([form === "md" ? markdown : JSON.stringify(whole, null, 2)]));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
