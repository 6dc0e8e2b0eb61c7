// Diagrams in Mermaid, drawn by the copy of its script that the site has. Until it is there, and without scripts, the source is shown.
(() => {
  const { library } = document.currentScript.dataset;
  const dark = () => getComputedStyle(document.documentElement).colorScheme === "dark"
    || (document.documentElement.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const script = Object.assign(document.createElement("script"), { src: library });
  script.onload = () => {
    const boxes = [...document.querySelectorAll("code.language-mermaid, .language-mermaid pre > code")].map((code) => {
      const box = Object.assign(document.createElement("pre"), { className: "mermaid", textContent: code.textContent });
      (code.closest("div.language-mermaid") || code.parentElement).replaceWith(box);
      return box;
    });
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: dark() ? "dark" : "neutral" });
    mermaid.run({ nodes: boxes });
  };
  document.head.append(script);
})();
