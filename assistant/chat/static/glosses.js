// Glosses of the evidence's words, in the interface's language: a machine's reading aid. `reader` and `say` are those of
// the reader's own script, which this one follows.
const WORD = { ar: /[\u0621-\u0652\u0670-\u06d3]{2,}/g, en: /[A-Za-z\u00c0-\u024f]{2,}/g };
const KEPT = "isnad.glosses";
const tip = document.createElement("div");
tip.id = "gloss";
tip.role = "tooltip";
tip.hidden = true;
tip.innerHTML = "<strong></strong><span></span>";
reader.append(tip);
let glossed = null; // the word that the tip is for
let leaving = 0;
let pressing = 0;

const isOff = () => kept("off") === "off";
function kept(otherwise, value) {
  try {
    if (value) localStorage.setItem(KEPT, value);
    return localStorage.getItem(KEPT);
  } catch {
    return otherwise; // a browser that keeps nothing has no glosses that could not be switched off
  }
}

reader.addEventListener("isnad:opened", () => {
  hide();
  const text = reader.querySelector(".article-text");
  const button = reader.querySelector("button.glosses");
  if (!text.querySelector("mark") || text.lang === document.documentElement.lang) return;
  button.hidden = false;
  button.ariaPressed = String(!isOff());
  button.addEventListener("click", () => {
    kept(null, isOff() ? "on" : "off");
    button.ariaPressed = String(!isOff());
    if (isOff()) undress(text);
    else dress(text);
  });
  if (!isOff()) dress(text);
});

async function dress(text) {
  const nodes = [];
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (walk.currentNode.parentElement.closest("mark")) nodes.push(walk.currentNode);
  const words = new Set(nodes.flatMap((node) => node.data.match(WORD[text.lang]) ?? []));
  if (!words.size) return;
  const response = await fetch(`./gloss?${new URLSearchParams({ words: [...words].slice(0, 400).join(" ") })}`).catch(() => null);
  const found = new Map(Object.entries(response?.ok ? await response.json() : {}));
  if (!text.isConnected || isOff()) return;
  for (const node of nodes) {
    const pieces = [];
    let end = 0;
    for (const match of node.data.matchAll(WORD[text.lang])) {
      if (!found.has(match[0])) continue;
      const word = document.createElement("span");
      word.className = "glossed";
      word.tabIndex = -1;
      word.dataset.gloss = found.get(match[0]);
      word.textContent = match[0];
      pieces.push(node.data.slice(end, match.index), word);
      end = match.index + match[0].length;
    }
    if (pieces.length) node.replaceWith(...pieces, node.data.slice(end));
  }
  const first = text.querySelector("mark.current .glossed") ?? text.querySelector(".glossed");
  if (first) first.tabIndex = 0;
}

function undress(text) {
  hide();
  for (const word of text.querySelectorAll(".glossed")) word.replaceWith(word.textContent);
  text.normalize();
}

function display(word) {
  clearTimeout(leaving);
  if (glossed === word) return;
  hide();
  glossed = word;
  tip.firstChild.textContent = word.dataset.gloss;
  tip.lastChild.textContent = say("machine gloss", "معنى آلي للاستئناس");
  tip.hidden = false;
  word.setAttribute("aria-describedby", "gloss");
  const box = word.getBoundingClientRect();
  const above = box.top > tip.offsetHeight + 8;
  const middle = box.left + (box.width - tip.offsetWidth) / 2;
  tip.style.left = `${Math.max(4, Math.min(middle, innerWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${above ? box.top - tip.offsetHeight : box.bottom}px`;
}

function hide() {
  clearTimeout(leaving);
  glossed?.removeAttribute("aria-describedby");
  glossed = null;
  tip.hidden = true;
}

// The tip stays while the pointer is on its word or on itself, or its word has the focus (WCAG 2.2, 1.4.13).
reader.addEventListener("pointerover", (event) => {
  const word = event.target.closest(".glossed");
  if (event.target.closest("#gloss")) clearTimeout(leaving);
  else if (word && event.pointerType !== "touch") display(word);
});
reader.addEventListener("pointerout", (event) => {
  if (glossed && !glossed.matches(":focus") && event.target.closest(".glossed, #gloss")) leaving = setTimeout(hide, 200);
});
reader.addEventListener("pointerdown", (event) => {
  const word = event.target.closest(".glossed");
  if (word && event.pointerType === "touch") pressing = setTimeout(() => display(word), 350);
  else if (!event.target.closest("#gloss")) hide();
});
for (const end of ["pointerup", "pointercancel", "pointermove"])
  reader.addEventListener(end, (event) => event.pointerType === "touch" && clearTimeout(pressing));
reader.addEventListener("focusin", (event) => event.target.matches(".glossed") && display(event.target));
reader.addEventListener("focusout", (event) => event.target === glossed && hide());
for (const place of [reader, window]) place.addEventListener("scroll", hide, { passive: true });

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && glossed) {
    hide();
    event.preventDefault();
  }
});
// One word can be reached by Tab; the arrows go on from it to the others.
reader.addEventListener("keydown", (event) => {
  if (!event.target.matches(".glossed") || !/^Arrow(Left|Right)$/.test(event.key)) return;
  const onward = getComputedStyle(event.target).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const words = [...reader.querySelectorAll(".glossed")];
  const next = words[words.indexOf(event.target) + (event.key === onward ? 1 : -1)];
  event.preventDefault();
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
