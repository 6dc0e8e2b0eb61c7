// A button at code copies it, without the numbers of its lines; so does one at the BibTeX of a post or of a publication.
(() => {
  const word = document.currentScript.dataset.copy;
  const sources = [
    ...document.querySelectorAll(".cite-post pre, .publication-links ~ details pre"),
    ...document.querySelectorAll("div.highlight > pre, figure.highlight > pre"),
  ];
  for (const source of new Set(sources)) {
    if (source.closest(".language-mermaid")) continue;
    const button = document.createElement("button");
    button.className = "copy-code";
    button.type = "button";
    button.textContent = word;
    button.onclick = async () => {
      await navigator.clipboard.writeText((source.querySelector(".rouge-code, td.code") ?? source).textContent);
      button.textContent = `${word} ✓`;
      setTimeout(() => (button.textContent = word), 2000);
    };
    source.before(button);
  }
})();
