// The page of statements. Its address holds the filters; `element` is the part's own.
const form = element.querySelector("form.find");
const list = element.querySelector(".list");
const part = (name) => list.querySelector(`.${name}`);
const fault = form.querySelector(".fault");
const FILTERS = ["speaker", "about", "source", "from", "to", "language"];
let asked = 0;

form.elements.speaker.placeholder = say("any-speaker");
form.elements.about.placeholder = say("any-topic");
form.elements.source.options[0].textContent = say("any-outlet");

const json = (address) => fetch(address).then((response) => (response.ok ? response.json() : null));
json("./statements/outlets").then((outlets) => {
  for (const outlet of outlets ?? []) form.elements.source.add(new Option(outlet, outlet));
  form.elements.source.value = new URLSearchParams(location.search).get("source") ?? "";
}, () => {});

let typed = null;
form.elements.speaker.addEventListener("input", (event) => {
  clearTimeout(typed);
  typed = setTimeout(() => suggest(event.target.value), 150);
});
async function suggest(name) {
  const names = await json(`./statements/speakers?${new URLSearchParams({ name })}`).catch(() => null);
  if (name !== form.elements.speaker.value) return;
  form.querySelector("datalist").replaceChildren(...(names ?? []).map((one) => new Option(one, one)));
}

// What the form says, as it stands in the address.
function filled() {
  const query = new URLSearchParams();
  for (const name of FILTERS) {
    const value = form.elements[name].value.trim();
    if (value) query.set(name, value);
  }
  const order = list.querySelector("[name=order]:checked").value;
  if (order !== "newest") query.set("order", order);
  return query;
}
function fill(query) {
  for (const name of FILTERS) form.elements[name].value = query.get(name) ?? "";
  const order = query.get("order") === "oldest" ? "oldest" : "newest";
  list.querySelector(`[name=order][value=${order}]`).checked = true;
}
const isAsked = (query) => FILTERS.some((name) => query.get(name));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = filled();
  const { from, to } = form.elements;
  const line = !isAsked(query) ? say("nothing") : from.value && to.value && to.value < from.value ? say("order") : "";
  refuse(line);
  if (line) (isAsked(query) ? to : form.elements.speaker).focus();
  else go(query);
});
form.querySelector(".clear").addEventListener("click", () => {
  go(new URLSearchParams());
  form.elements.speaker.focus();
});
element.addEventListener("change", (event) => {
  if (event.target.name === "order") go(filled());
});
element.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='./statements?']");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(new URL(link.href, location.href).searchParams);
  }
  const more = event.target.closest("[data-from]");
  if (more) load(new URLSearchParams(location.search), more);
});
addEventListener("popstate", show);

function go(query) {
  // In full, as gradio's pages have the first page for their base.
  const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  show();
}
function show() {
  const query = new URLSearchParams(location.search);
  fill(query);
  refuse("");
  for (const name of ["summary", "rows", "more-rows"]) part(name).replaceChildren();
  part("order").hidden = part("offered").hidden = true;
  document.dispatchEvent(new CustomEvent("isnad:read", { detail: {} }));
  if (isAsked(query)) load(query);
  else offer();
}
function refuse(line) {
  fault.textContent = line;
  part("state").textContent = "";
  part("state").classList.remove("bad", "found");
}

async function offer() {
  const number = ++asked;
  const names = await json("./statements/speakers").catch(() => null);
  if (number !== asked || !names?.length) return;
  const links = names.map((name) => {
    const link = document.createElement("a");
    link.href = `./statements?${new URLSearchParams({ speaker: name })}`;
    link.className = "example";
    link.dir = "auto";
    link.textContent = name;
    return link;
  });
  part("names").replaceChildren(...links);
  part("offered").hidden = false;
}

// Asks for the list, or for what follows the rows that are shown; `more` is the button that was pressed.
async function load(query, more) {
  const number = ++asked;
  const state = part("state");
  if (more) more.disabled = true;
  else state.textContent = say("searching");
  list.setAttribute("aria-busy", "true");
  const wanted = new URLSearchParams(query);
  wanted.set("first", more?.dataset.from ?? "0");
  let answer = null;
  try {
    do {
      answer = await json(`./statements/found?${wanted}`);
      if (number !== asked) return;
      if (answer?.progress) state.textContent = say("finding", answer.progress);
    } while (answer?.progress);
  } catch {
    if (number === asked) fail("gone");
    return;
  }
  list.setAttribute("aria-busy", "false");
  if (answer === null) return fail("fault");
  if (answer.error) {
    state.textContent = "";
    return (fault.textContent = answer.error);
  }
  if (!more) {
    state.textContent = answer.found;
    state.classList.add("found");
    part("summary").innerHTML = answer.summary;
    part("order").hidden = answer.rows === "";
    for (const link of list.querySelectorAll("[data-kind]")) link.href = `./statements/download.${link.dataset.kind}?${query}`;
  }
  append(answer.rows, Boolean(more));
  part("more-rows").innerHTML = answer.more;
}
function fail(word) {
  list.setAttribute("aria-busy", "false");
  part("state").textContent = say(word);
  part("state").classList.add("bad");
}

// A day that goes on keeps its heading; the first of the new rows takes the focus that the button loses.
function append(html, focus) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const days = [...holder.content.children];
  const first = holder.content.querySelector(".chip");
  const last = part("rows").lastElementChild;
  if (last && days[0]?.dataset.day === last.dataset.day) last.querySelector("ul").append(...days.shift().querySelector("ul").children);
  part("rows").append(...days);
  if (focus) first?.focus();
}

show();
