// A box with more than it shows can be scrolled with the keyboard, too; some browsers see to that themselves.
(() => {
  // a formula with a number scrolls beside it
  const formulas = ".katex-display:not(:has(> .katex-tag)), .katex-display:has(> .katex-tag) > .katex:first-child";
  const boxes = [...document.querySelectorAll(`pre, table, .diagram, ${formulas}`)];
  const look = () => {
    const wide = boxes.map((box) => box.scrollWidth > box.clientWidth);
    boxes.forEach((box, index) => (wide[index] ? box.setAttribute("tabindex", 0) : box.removeAttribute("tabindex")));
  };
  document.fonts.ready.then(look);
  addEventListener("resize", look);
})();
