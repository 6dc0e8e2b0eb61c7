// Colours of cells, rows and columns: \cellcolor, \rowcolor and \columncolor of the package `colortbl`. They are put into the boxes
// and the MathML when both are made, since KaTeX's tables know no colours.

tex.cells = (() => {
  "use strict";

  const { Span } = katex.__domTree;
  const LINE = 0.02; // half of a separator, in em
  let isUsed = false;

  katex.__defineFunction({
    type: "mathblog-colour", names: ["\\cellcolor", "\\rowcolor", "\\columncolor"], numArgs: 1, argTypes: ["color"],
    handler({ parser, funcName }, [{ color }]) {
      while (tex.optional(parser.gullet)) continue; // how far the colour reaches over the cell
      isUsed = true;
      return { type: "mathblog-colour", mode: parser.mode, colour: { kind: funcName.slice(1, -5), color } };
    },
    htmlBuilder: ({ colour }) => Object.assign(new Span(["mspace"], []), { colour }),
    mathmlBuilder: ({ colour }) => ({ colour, classes: [], toMarkup: () => "", toText: () => "" }),
  });

  const isTable = (node) => node.type === "mtable" || node.classes?.includes("mtable");
  const childrenOf = (node) => node.children ?? [];
  const coloursIn = (node) => (node.colour ? [node.colour] : isTable(node) ? [] : childrenOf(node).flatMap(coloursIn));

  // `cells`: the place of each cell in its table, and what colours it when it is told to.
  function colour(cells) {
    const rows = {};
    const columns = {};
    for (const cell of cells) {
      cell.colours = coloursIn(cell.content);
      for (const { kind, color } of cell.colours) {
        if (kind === "row") rows[cell.row] ??= color;
        if (kind === "column") columns[cell.column] ??= color;
      }
    }
    for (const { row, column, colours, paint } of cells) {
      const color = colours.find(({ kind }) => kind === "cell")?.color ?? rows[row] ?? columns[column];
      if (color) paint(color);
    }
  }

  function ofMathml(table) {
    const isCell = (node) => !node.classes?.some((name) => name === "mtr-glue" || name === "mml-eqn-num");
    return table.children.flatMap((line, row) => line.children.filter(isCell).map((content, column) => (
      { row, column, content, paint: (color) => content.setAttribute("mathbackground", color) }
    )));
  }

  // In the boxes a column is a list of cells, each beside a strut, at its height above the line.
  function ofBoxes(table) {
    const columns = table.children.filter(({ classes }) => /^col-align/.test(classes[0] ?? ""));
    return columns.flatMap((box, column) => {
      const at = table.children.indexOf(box);
      const has = (place, name) => table.children[place]?.classes.includes(name);
      const gap = (step) => { // up to the line of a separator
        if (!has(at + step, "arraycolsep")) return 0;
        return parseFloat(table.children[at + step].style.width) - (has(at + 2 * step, "vertical-separator") ? LINE : 0);
      };
      const [left, right] = [gap(-1), gap(1)];
      return box.children[0].children[0].children[0].children.map((line) => {
        const [strut, content] = line.children;
        const height = parseFloat(strut.style.height);
        const row = (parseFloat(line.style.top) + height).toFixed(3);
        const paint = (color) => {
          const place = { position: "absolute", left: `${-left}em`, right: `${-right}em`, top: `${(height - content.height).toFixed(4)}em`,
            height: `${(content.height + content.depth).toFixed(4)}em`, zIndex: "-1", backgroundColor: color };
          line.style.isolation = "isolate";
          line.children.unshift(new Span([], [], undefined, place));
        };
        return { row, column, content, paint };
      });
    });
  }

  function walk(node) {
    if (isTable(node)) colour(node.type === "mtable" ? ofMathml(node) : ofBoxes(node));
    childrenOf(node).forEach(walk);
  }

  // Colours the cells of a formula whose boxes and MathML are made.
  function paint(dom) {
    if (isUsed) walk(dom);
    isUsed = false;
  }

  return { paint };
})();
