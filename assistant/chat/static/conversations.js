// Kept conversations: the list of them, the one that is open, its link and its files. `element` is the part's own.
//
// What is open stands in the address, and in `document.body.dataset`: `conversation`, the id under which the next turn
// is kept, or `shared`, the token under which another's is read. The page for asking says {conversation, title} in
// `isnad:kept` once a turn is kept, {} where it could not be, and shows the turns of `isnad:conversation`.
const find = (selector) => element.querySelector(selector);
const [aside, dialog, list, words, told] = [".kept-aside", ".kept-dialog", ".kept-list", "#kept-words", ".kept-told"].map(find);
const days = find(".days");
const isArabic = () => document.documentElement.lang === "ar";
const say = (english, arabic) => (isArabic() ? arabic : english);
const wide = matchMedia("(width >= 100rem)");
const opened = { token: null };
const UNDO_MS = 10_000;
let searched = 0;
let going = 0;

words.placeholder = say("Search", "ابحث");

// On a wide screen the list stays beside the conversation, on others it opens over it.
function place() {
  if (dialog.open) dialog.close();
  (wide.matches ? aside : dialog).append(list);
}
place();
wide.addEventListener("change", place);
find(".list-opener").addEventListener("click", () => {
  dialog.showModal();
  refresh();
});
find(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
for (const button of element.querySelectorAll(".begin")) button.addEventListener("click", begin);

// Only the last search is shown, whatever comes back first.
async function refresh() {
  const number = ++searched;
  const response = await ask("GET", `./conversations?${new URLSearchParams({ words: words.value })}`);
  const html = await response?.text();
  if (number !== searched || !response || days.querySelector(".new-name")) return;
  const held = days.contains(document.activeElement) ? document.activeElement : null;
  const row = held?.closest("[data-conversation]")?.dataset.conversation;
  days.innerHTML = html;
  // Who stood in the list stands there again.
  const same = held?.matches(".rename, .delete") ? `.${held.classList[1]}` : "a";
  if (row) days.querySelector(`[data-conversation="${row}"] ${same}`)?.focus();
  const unkept = days.querySelector(".unkept") !== null;
  find(".unkept-note").hidden = !unkept;
  find(".unkept-note").title = days.querySelector(".unkept p")?.textContent ?? "";
  mark();
}
let typed;
words.addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(refresh, 150);
});

function mark() {
  for (const link of days.querySelectorAll("a"))
    if (link.parentElement.dataset.conversation === document.body.dataset.conversation) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
}

// The response, or null once it was said what went wrong.
async function ask(method, address, body) {
  const headers = body ? { "Content-Type": "application/json" } : {};
  const response = await fetch(address, { method, headers, body: body && JSON.stringify(body) }).catch(() => null);
  if (response?.status === 404)
    told.textContent = say("There is no such conversation, or it is no longer shared.", "لا توجد هذه المحادثة، أو لم تعد مُشارَكة.");
  else if (response && !response.ok) told.textContent = say("Conversations are not kept at the moment.", "المحادثات لا تُحفظ في الوقت الحالي.");
  else if (!response) told.textContent = say("The program cannot be reached. Was it stopped?", "تعذّر الوصول إلى البرنامج. هل أُوقف؟");
  return response?.ok ? response : null;
}

days.addEventListener("click", (event) => {
  const row = event.target.closest("li");
  const button = event.target.closest("button, a");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  told.textContent = "";
  if (button.matches("a")) {
    event.preventDefault();
    if (dialog.open) dialog.close();
    go({ conversation: row.dataset.conversation });
  } else if (button.matches(".rename")) rename(row);
  else if (button.matches(".delete")) remove(row);
});

function rename(row) {
  const [link, button] = [row.querySelector("a"), row.querySelector(".rename")];
  const input = document.createElement("input");
  Object.assign(input, { type: "text", value: link.textContent, dir: "auto", maxLength: 200, className: "new-name" });
  input.setAttribute("aria-label", button.getAttribute("aria-label"));
  let done = false;
  const finish = async (save) => {
    if (done) return;
    done = true;
    const title = input.value.trim();
    const response =
      save && title && title !== link.textContent && (await ask("PATCH", `./conversations/${row.dataset.conversation}`, { title }));
    const focused = input.contains(document.activeElement);
    input.replaceWith(link);
    if (focused) button.focus();
    if (!response) return;
    const named = (await response.json()).title;
    if (row.dataset.conversation === document.body.dataset.conversation) show(named);
    link.textContent = named;
    refresh();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) finish(true);
    if (event.key !== "Escape") return;
    event.preventDefault(); // else the whole list would close
    finish(false);
  });
  input.addEventListener("blur", () => finish(true));
  link.replaceWith(input);
  input.select();
}

async function remove(row) {
  const id = row.dataset.conversation;
  if (!(await ask("DELETE", `./conversations/${id}`))) return;
  const current = id === document.body.dataset.conversation;
  if (current) go({}, { focus: false });
  row.className = "deleted";
  row.innerHTML = '<span role="status"></span><button type="button" class="quiet"></button>';
  const undo = row.querySelector("button");
  row.querySelector("span").textContent = say("Deleted", "حُذفت");
  undo.textContent = say("Undo", "تراجع");
  const forget = setTimeout(() => {
    const next = row.contains(document.activeElement);
    row.remove();
    if (next) words.focus();
    refresh();
  }, UNDO_MS);
  undo.addEventListener("click", async () => {
    clearTimeout(forget);
    if (await ask("PUT", `./conversations/${id}`)) {
      await refresh();
      days.querySelector(`[data-conversation="${id}"] a`)?.focus();
      if (current) go({ conversation: id }, { focus: false });
    }
  });
  undo.focus();
}

function begin() {
  if (dialog.open) dialog.close();
  go({});
}

// Opens a conversation, one that is shared, or none, and writes it into the address; the last one that was asked for.
async function go(where, { write = true, focus = true } = {}) {
  told.textContent = "";
  const number = ++going;
  const [kind, name] = Object.entries(where)[0] ?? [];
  const place = kind === "shared" ? "shared" : "conversations";
  const response = name ? await ask("GET", `./${place}/${encodeURIComponent(name)}`) : null;
  const found = response ? await response.json() : { title: "", token: null, turns: [] };
  if (number !== going) return;
  if (name && !response) where = {};
  delete document.body.dataset.conversation;
  delete document.body.dataset.shared;
  if (name && response) document.body.dataset[kind] = name;
  if (write) history.pushState(null, "", address(where));
  document.dispatchEvent(new CustomEvent("isnad:conversation", { detail: { turns: found.turns } }));
  opened.token = found.token;
  show(found.title);
  mark();
  if (focus) document.querySelector("#question textarea")?.focus({ preventScroll: true });
}

function address(where) {
  const query = new URLSearchParams(where).toString();
  return location.pathname + (query && `?${query}`);
}

function show(title) {
  const { conversation, shared } = document.body.dataset;
  find(".current").textContent = title;
  find(".kept-bar .begin").hidden = !conversation && !shared;
  find(".export").hidden = !conversation && !shared;
  find(".share").hidden = !conversation;
  for (const menu of menus()) menu.open = false;
  if (conversation || shared) offer(element.querySelector(".export"), "");
  // One answer is saved as the whole is, from a menu of its own.
  for (const turn of document.querySelectorAll("#conversation .turn:has(.answer, .declined)")) {
    if (!conversation && !shared) break;
    const menu = find(".export").cloneNode(true);
    turn.querySelector(".export")?.remove();
    turn.querySelector(".opinion")?.before(menu);
    offer(menu, `?turn=${turn.dataset.turn}`);
  }
  link();
}

function offer(menu, query) {
  for (const link of menu.querySelectorAll("[data-format]"))
    link.href = `./${readFrom()}/files/${link.dataset.format}${query}`;
}

// Where the server has what is open.
function readFrom() {
  const { conversation, shared } = document.body.dataset;
  return shared ? `shared/${shared}` : `conversations/${conversation}`;
}

function link() {
  find(".linked").hidden = opened.token === null;
  find(".make-link").hidden = opened.token !== null;
  find(".linked input").value = opened.token === null ? "" : location.origin + address({ shared: opened.token });
}
find(".make-link").addEventListener("click", async () => {
  const response = await ask("PUT", `./conversations/${document.body.dataset.conversation}/link`);
  if (!response) return;
  opened.token = (await response.json()).token;
  link();
  find(".linked input").select();
  find(".linked input").focus();
  refresh();
});
find(".copy-link").addEventListener("click", async () => {
  const input = find(".linked input");
  input.select();
  await navigator.clipboard?.writeText(input.value).catch(() => null);
  told.textContent = navigator.clipboard ? say("The link is copied.", "نُسخ الرابط.") : say("Copy the marked link.", "انسخ الرابط المحدَّد.");
});
find(".stop-sharing").addEventListener("click", async () => {
  if (!(await ask("DELETE", `./conversations/${document.body.dataset.conversation}/link`))) return;
  opened.token = null;
  link();
  find(".make-link").focus();
  told.textContent = say("The link opens nothing any more.", "لم يعد الرابط يفتح شيئًا.");
  refresh();
});

// A menu closes as menus do.
const menus = () => document.querySelectorAll("#workspace .pop[open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target) || event.target.matches("[data-format]")) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(".pop[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("isnad:kept", ({ detail }) => {
  if (!detail.conversation) {
    find(".kept-bar .begin").hidden = false;
    return refresh(); // which says why
  }
  if (document.body.dataset.conversation !== detail.conversation) {
    document.body.dataset.conversation = detail.conversation;
    history.replaceState(null, "", address({ conversation: detail.conversation }));
    opened.token = null;
  }
  show(detail.title);
  refresh();
});

// The article of a kept answer is gone: what was kept of it takes the place of the reader's note.
document.addEventListener("isnad:gone", async ({ detail: { chip, note } }) => {
  const { conversation, shared } = document.body.dataset;
  const turn = chip?.closest("[data-turn]")?.dataset.turn;
  if (!turn || !chip.dataset.citation || !(conversation || shared)) return;
  const response = await fetch(`./${readFrom()}/quotes/${turn}/${chip.dataset.citation}`).catch(() => null);
  if (response?.ok && note.isConnected) note.outerHTML = await response.text();
});

addEventListener("popstate", () => enter(false));
function enter(focus = true) {
  const query = new URLSearchParams(location.search);
  const [shared, conversation] = [query.get("shared"), query.get("conversation")];
  go(shared ? { shared } : conversation ? { conversation } : {}, { write: false, focus });
}
if (location.search.includes("conversation=") || location.search.includes("shared=")) enter();
refresh();
