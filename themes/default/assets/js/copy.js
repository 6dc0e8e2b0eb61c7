// Copied text has the TeX of its formulas; a button at a displayed formula copies TeX, MathML or its address.
(() => {
  const texOf = (formula) => formula.querySelector("annotation")?.textContent ?? formula.textContent;
  const isDisplay = (formula) => !!formula.closest(".katex-display");
  const numbersOf = (formula) => [...formula.querySelectorAll(".eqno-cell")].map((cell) => ` ${cell.textContent}`).join("");
  const wrapped = (formula) => (isDisplay(formula) ? `$$${texOf(formula)}$$${numbersOf(formula)}` : `$${texOf(formula)}$`);

  addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.isCollapsed || !event.clipboardData) return;
    const range = selection.getRangeAt(0).cloneRange();
    const around = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".katex");
    const [first, last] = [around(range.startContainer), around(range.endContainer)];
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const box = document.createElement("div");
    box.append(range.cloneContents());
    if (!box.querySelector(".katex-mathml")) return;
    for (const part of box.querySelectorAll(".katex-html, .katex-tag, button")) part.remove(); // MathML has the numbers, too
    event.clipboardData.setData("text/html", box.innerHTML);
    for (const formula of box.querySelectorAll(".katex")) formula.replaceWith(wrapped(formula));
    document.body.append(box);
    event.clipboardData.setData("text/plain", box.innerText);
    box.remove();
    event.preventDefault();
  });

  const say = document.currentScript.dataset;
  for (const formula of document.querySelectorAll(".katex-display > .katex")) {
    const button = document.createElement("button");
    button.className = "formula-menu";
    button.type = "button";
    button.textContent = "⋯";
    button.ariaLabel = say.copy;
    button.ariaExpanded = false;
    button.onclick = () => menu(button, formula);
    formula.parentElement.before(button);
  }

  function menu(button, formula) {
    const old = button.nextElementSibling;
    const isOpen = old.matches(".formula-choices");
    button.ariaExpanded = !isOpen;
    if (isOpen) return old.remove();
    const choices = document.createElement("div");
    choices.className = "formula-choices";
    const close = () => { choices.remove(); button.ariaExpanded = false; button.focus(); };
    const number = formula.closest(".math-display")?.querySelector("a.eqno, .eqno[id]");
    const offer = (name, text) => {
      const choice = document.createElement("button");
      choice.textContent = name;
      choice.type = "button";
      choice.onclick = async () => { await navigator.clipboard.writeText(text); close(); };
      choices.append(choice);
    };
    offer("TeX", texOf(formula));
    offer("MathML", formula.querySelector("math").outerHTML);
    if (number) offer(number.textContent, number.href ?? `${location.href.split("#")[0]}#${number.id}`);
    choices.onkeydown = ({ key }) => { if (key === "Escape") close(); };
    button.after(choices);
    choices.firstChild.focus();
  }
})();
