// Loads the search when somebody goes to it: a click, `/`, or the link that is pointed at. `search.js` takes over from there.
(() => {
  const link = document.querySelector(".search-open");
  const source = new URL("search.js", document.currentScript.src);
  let script;
  const load = () => {
    if (script) return;
    script = Object.assign(document.createElement("script"), { src: source });
    script.onerror = () => "open" in script.dataset && location.assign(link.href);
    document.head.append(script);
  };
  const open = (event) => {
    load();
    script.dataset.open = "";
    event.preventDefault();
  };
  link.addEventListener("click", open);
  for (const kind of ["pointerenter", "focus"]) link.addEventListener(kind, load);
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing) open(event);
  });
})();
