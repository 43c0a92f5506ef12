// The lines that a page has for its script, in both languages; it begins the scripts of a part, whose `element` has them.
const language = () => (document.documentElement.lang === "ar" ? "ar" : "en");

function say(name, fields = {}) {
  const text = element.querySelector(`[data-word="${name}"] > [lang="${language()}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (_, field) => fields[field].toLocaleString("en"));
}
