// Sorting and filtering of the questions. The page is whole without it: then all questions stand in the report's order.
"use strict";
{
  const tools = document.getElementById("tools");
  const list = document.getElementById("list");
  const rows = [...(list?.children ?? [])];
  // The words of the run, not of the labels, which stand there in both languages.
  const told = (row) => [...row.querySelectorAll(".asked, .text, bdi")].map((part) => part.textContent).join(" ");
  const words = new Map(rows.map((row) => [row, told(row).toLowerCase()]));
  const field = (name) => tools.elements[name].value;
  const language = () => (document.getElementById("in-ar").checked ? "ar" : "en");

  const ORDERS = {
    worst: (one, other) => one.dataset.rank - other.dataset.rank,
    order: (one, other) => one.dataset.order - other.dataset.order,
    slow: (one, other) => other.dataset.seconds - one.dataset.seconds,
    unsure: (one, other) => (one.dataset.confidence ?? 2) - (other.dataset.confidence ?? 2),
  };

  function filter() {
    if (!tools) return;
    const wanted = field("words").toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = ["outcome", "set", "direction", "kind"].filter((name) => tools.elements[name]?.value);
    let shown = 0;
    for (const row of rows) {
      row.hidden =
        chosen.some((name) => row.dataset[name] !== field(name)) ||
        wanted.some((word) => !words.get(row).includes(word));
      shown += !row.hidden;
    }
    document.getElementById("none").hidden = shown > 0;
    const said = document.getElementById("shown");
    said.textContent = said.dataset[language()].replace("{}", shown).replace("{}", rows.length);
  }

  function sort() {
    const order = ORDERS[field("sort")];
    rows.sort((one, other) => order(one, other) || ORDERS.order(one, other));
    list.append(...rows);
  }

  function translate() {
    document.documentElement.lang = language();
    document.documentElement.dir = language() === "ar" ? "rtl" : "ltr";
    for (const label of document.querySelectorAll("[data-en]")) {
      if (label.id !== "shown") label.textContent = label.dataset[language()];
    }
    filter();
  }

  if (tools) {
    tools.hidden = false;
    tools.addEventListener("submit", (event) => event.preventDefault());
    tools.addEventListener("input", filter);
    tools.elements.sort.addEventListener("input", sort);
    for (const [name, open] of [["open", true], ["close", false]]) {
      tools.elements[name].addEventListener("click", () => rows.forEach((row) => (row.open = open && !row.hidden)));
    }
    sort();
  }
  for (const name of ["in-en", "in-ar"]) document.getElementById(name).addEventListener("change", translate);
  if (navigator.language.startsWith("ar")) document.getElementById("in-ar").checked = true;
  translate();
}
