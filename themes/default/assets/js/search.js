// Search of titles: those of the archive, which is loaded when somebody types. Posts with more of the words come first.
(() => {
  const form = document.querySelector(".search");
  const input = form.querySelector("input");
  const [none, list] = [form.querySelector(".search-none"), form.querySelector("ul")];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().normalize("NFC");
  let items;

  async function load() {
    const answer = await fetch(form.dataset.archive);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.querySelectorAll(".post-titles li")].map((item) => {
      const shown = item.cloneNode(true);
      for (const hidden of shown.querySelectorAll(".katex-html")) hidden.remove();
      return { item, text: plain(shown.textContent) };
    });
  }

  async function search() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    items ??= load();
    const known = await items;
    const found = known
      .map(({ item, text }) => ({ item, count: words.filter((word) => text.includes(word)).length }))
      .filter(({ count }) => count > 0)
      .sort((left, right) => right.count - left.count);
    const most = found[0]?.count;
    list.replaceChildren(...found.filter(({ count }) => count === most).slice(0, 30).map(({ item }) => item));
    none.textContent = words.length && !found.length ? form.dataset.none : "";
  }

  form.hidden = false;
  form.onsubmit = (event) => event.preventDefault();
  input.oninput = search;
  input.onkeydown = ({ key }) => {
    if (key === "ArrowDown") list.querySelector("a")?.focus();
    if (key === "Escape") { input.value = ""; search(); }
  };
  list.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...list.querySelectorAll("a")];
    (links[links.indexOf(document.activeElement) + step] ?? input).focus();
    event.preventDefault();
  };
  const asked = new URLSearchParams(location.search).get("q");
  const guess = "guess" in form.dataset && decodeURIComponent(location.pathname).split("/").filter(Boolean).pop();
  input.value = asked ?? (guess || "").replace(/\.html?$/, "").replace(/[-_+\d]+/g, " ").trim();
  if (input.value) search();
  if (asked === null && !("guess" in form.dataset)) input.focus();
})();
