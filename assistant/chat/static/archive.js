// The list of articles: what is typed and chosen narrows it in place, and stands in the address. `element` is given.
const find = (selector) => element.querySelector(selector);
const catalogue = find(".catalogue");
const isArabic = document.documentElement.lang === "ar";
const UNREACHED = isArabic ? "تعذّر الوصول إلى البرنامج. هل أُوقف؟" : "The program cannot be reached. Was it stopped?";
const NAMES = ["words", "source", "language", "author", "from", "to", "order", "page"];
let asked = 0;

// What the server says where it refuses.
function reason(text) {
  try {
    const { detail } = JSON.parse(text);
    return typeof detail === "string" ? detail : UNREACHED;
  } catch {
    return UNREACHED;
  }
}

const narrowing = () => find("form.narrow");
const given = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => NAMES.includes(name)));

fetch(`./list/form?${given}`)
  .then((response) => (response.ok ? response.text() : ""))
  .then((html) => {
    find(".narrowing").innerHTML = html;
    const form = narrowing();
    if (!form) return;
    let typed;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show(wanted());
    });
    form.addEventListener("change", (event) => event.target.matches("select, [type=date]") && show(wanted()));
    form.addEventListener("input", (event) => {
      clearTimeout(typed);
      if (event.target.matches("[name=words], [name=author]")) typed = setTimeout(() => show(wanted()), 350);
    });
    form.querySelector(".clear").addEventListener("click", () => {
      for (const field of form.elements) if (field.name) field.value = field.name === "order" ? "newest" : "";
      show(wanted());
      form.elements.words.focus();
    });
  });
show(given);
uploads();
removals();
if (find(".figures").open) facts();
find(".figures").addEventListener("toggle", facts, { once: true });

// A page of the list, or a bar of a plot.
element.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='./archive']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const query = new URL(link.href).searchParams;
  for (const field of narrowing()?.elements ?? [])
    if (field.name) field.value = query.get(field.name) ?? (field.name === "order" ? "newest" : "");
  show(query).then(() => {
    if (!link.closest(".pages")) return;
    find(".articles caption")?.scrollIntoView({ block: "start" });
    find(".pages [aria-current]")?.focus({ preventScroll: true });
  });
});

function wanted() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(narrowing()))
    if (value && !(name === "order" && value === "newest")) query.set(name, value);
  return query;
}

async function show(query) {
  const number = ++asked;
  const list = find(".listing");
  list.setAttribute("aria-busy", "true");
  const response = await fetch(`./list?${query}`).catch(() => null);
  const text = (await response?.text().catch(() => null)) ?? "";
  if (number !== asked) return;
  list.setAttribute("aria-busy", "false");
  find(".catalogue > .problem").textContent = response?.ok ? "" : reason(text);
  if (!response?.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = text;
  list.replaceChildren(...holder.content.querySelector(".listing").childNodes);
  find(".plots").replaceChildren(...holder.content.querySelector(".plots").childNodes);
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
  selected();
}

async function facts() {
  const response = await fetch("./list/facts").catch(() => null);
  if (response?.ok) find(".held").innerHTML = await response.text();
}

async function again() {
  await show(new URLSearchParams(location.search));
  if (find(".figures").open) facts();
}

// Removing articles.
function selected() {
  const boxes = [...element.querySelectorAll("[name=article]")];
  const chosen = boxes.filter((box) => box.checked);
  const bar = find(".removal");
  if (!bar) return chosen;
  bar.hidden = chosen.length === 0;
  find(".removal .selected").textContent = String(chosen.length);
  const all = find(".articles .all");
  if (all) {
    all.checked = boxes.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  }
  return chosen;
}

function removals() {
  const dialog = find("dialog.confirm");
  if (!dialog) return;
  element.addEventListener("change", (event) => {
    if (event.target.matches(".articles .all"))
      for (const box of element.querySelectorAll("[name=article]")) box.checked = event.target.checked;
    if (event.target.matches(".articles [type=checkbox]")) selected();
  });
  find(".removal .remove").addEventListener("click", () => {
    const items = selected().map((box) => {
      const item = document.createElement("li");
      item.dir = "auto";
      item.textContent = box.closest("tr").querySelector(".open").textContent;
      return item;
    });
    dialog.querySelector("ul").replaceChildren(...items);
    dialog.querySelector(".problem").textContent = "";
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    if (event.submitter?.value !== "remove") return;
    event.preventDefault();
    const body = JSON.stringify({ ids: selected().map((box) => box.value) });
    event.submitter.disabled = true;
    const response = await fetch("./list/remove", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    }).catch(() => null);
    event.submitter.disabled = false;
    const text = (await response?.text().catch(() => null)) ?? "";
    if (!response?.ok) return void (dialog.querySelector(".problem").textContent = reason(text));
    dialog.close();
    document.dispatchEvent(new CustomEvent("isnad:read", { detail: {} }));
    document.getElementById("opened").textContent = text;
    again();
  });
}

// Adding files.
function uploads() {
  const form = find("form.upload");
  if (!form) return;
  const problem = form.querySelector(".problem");
  const sending = form.querySelector(".sending");
  const button = form.querySelector("[type=submit]");
  let followed = false;
  // The browser would name them in its own language.
  const chosen = () => {
    const names = [...form.elements.file.files].map((file) => file.name);
    const more = names.length > 3 ? ` … (${names.length})` : "";
    form.querySelector(".chosen").textContent = names.slice(0, 3).join(" · ") + more;
  };
  form.elements.file.addEventListener("change", chosen);
  form.addEventListener("reset", () => setTimeout(chosen));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...form.elements.file.files];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const [mostFiles, mostBytes] = [Number(catalogue.dataset.mostFiles), Number(catalogue.dataset.mostBytes)];
    const megabytes = Math.floor(mostBytes / 2 ** 20);
    problem.textContent = !files.length
      ? isArabic ? "اختر ملفًا أولًا." : "Choose a file first."
      : files.length > mostFiles
        ? isArabic ? `الملفات أكثر من المسموح، وهو ${mostFiles}.` : `The files are too many: at most ${mostFiles} at once.`
        : size > mostBytes
          ? isArabic ? `الملفات أكبر من المسموح، وهو ${megabytes} ميغابايت.` : `The files are too large: at most ${megabytes} MB at once.`
          : "";
    if (problem.textContent) return;
    // fetch tells nothing of how much is sent.
    const request = new XMLHttpRequest();
    request.open("POST", "./uploads");
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) sending.value = sent.loaded / sent.total;
    });
    request.addEventListener("loadend", () => {
      sending.hidden = true;
      button.disabled = false;
      if (request.status === 202) {
        form.reset();
        follow();
      } else problem.textContent = reason(request.responseText);
    });
    sending.value = 0;
    sending.hidden = false;
    button.disabled = true;
    request.send(new FormData(form));
  });
  find(".taken").addEventListener("click", (event) => {
    if (event.target.closest(".stop")) fetch("./uploads", { method: "DELETE" }).catch(() => null);
  });
  // One that is under way is followed, whoever began it.
  follow();

  async function follow() {
    if (followed) return;
    followed = true;
    let worked = false;
    for (;;) {
      const response = await fetch("./uploads").catch(() => null);
      const html = response?.ok ? await response.text() : null;
      if (html === null) {
        problem.textContent = UNREACHED;
        break;
      }
      find(".taken").innerHTML = html;
      const state = find(".taken [data-state]")?.dataset.state;
      if (state !== "working") break;
      worked = true;
      find(".add").open = true;
      await new Promise((resolve) => setTimeout(resolve, 400));
      if (!element.isConnected) return;
    }
    followed = false;
    if (worked) again();
  }
}
