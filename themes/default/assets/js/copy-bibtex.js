// A button at the BibTeX of a post or of a publication copies it.
(() => {
  const word = document.currentScript.dataset.copy;
  for (const source of document.querySelectorAll(".cite-post pre, .publication-links ~ details pre")) {
    const button = document.createElement("button");
    button.className = "copy-bibtex";
    button.type = "button";
    button.textContent = word;
    button.onclick = async () => {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = `${word} ✓`;
      setTimeout(() => (button.textContent = word), 2000);
    };
    source.before(button);
  }
})();
