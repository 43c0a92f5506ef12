// The conversation in the browser. Turns come in one at a time. `element`, `props` and `watch` are given by gr.HTML.
const log = element.querySelector(".log");

watch("value", () => {
  if (props.value) show(props.value.id, props.value.html);
});

// Gradio's box is set left to right; what is typed decides.
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("#question textarea")) event.target.dir = "auto";
});

fetch("./examples")
  .then((response) => (response.ok ? response.json() : []))
  .then((questions) => {
    const list = element.querySelector(".examples");
    for (const question of questions) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "example";
      button.dir = "auto";
      button.textContent = question;
      button.addEventListener("click", () => ask(question));
      list.append(button);
    }
  });

// The box is gradio's: what is typed into it counts once it says so, and its button sends it.
function ask(question) {
  const box = document.querySelector("#question textarea");
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => document.querySelector("#question .submit-button").click());
}

function show(id, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const turn = holder.content.firstElementChild;
  turn.dataset.turn = id;
  const former = log.querySelector(`[data-turn="${id}"]`);
  if (former) former.replaceWith(turn);
  else log.append(turn);
  document.body.classList.add("asked");
  log.setAttribute("aria-busy", String(turn.querySelector(".pending") !== null));
  // A draft grows in its place, and leaves the page where the reader moved it.
  if (!former || !turn.querySelector(".draft")) turn.scrollIntoView({ block: "start" });
  const chip = turn.querySelector(".answer .chip");
  if (chip || !turn.querySelector(".pending"))
    document.dispatchEvent(new CustomEvent("isnad:read", { detail: { chip, scroll: false } }));
}
