// What KaTeX's tables do not know: colours of cells, rows and columns (\cellcolor, \rowcolor and \columncolor of the package
// `colortbl`), cells over several columns (\multicolumn), lines under some columns (\cline). They are put into the boxes and the
// MathML when both are made.

tex.cells = (() => {
  "use strict";

  const { Span } = katex.__domTree;
  const LINE = 0.02; // half of a separator, in em
  let isUsed = false;

  katex.__defineFunction({
    type: "mathblog-told", names: ["\\cellcolor", "\\rowcolor", "\\columncolor"], numArgs: 1, argTypes: ["color"],
    handler({ parser, funcName }, [{ color }]) {
      while (tex.optional(parser.gullet)) continue; // how far the colour reaches over the cell
      return mark({ kind: funcName.slice(1, -5), color });
    },
    htmlBuilder: ({ told }) => Object.assign(new Span(["mspace"], []), { told }),
    mathmlBuilder: ({ told }) => ({ told, classes: [], toMarkup: () => "", toText: () => "" }),
  });

  // A node of a cell that tells something of the table.
  function mark(told) {
    isUsed = true;
    return { type: "mathblog-told", mode: "math", told };
  }

  // \multicolumn{2}{|c|}{x}: the first of as many cells.
  katex.__defineFunction({
    type: "mathblog-span", names: ["\\multicolumn"], numArgs: 0,
    handler({ parser }) {
      const { gullet, mode } = parser;
      const { tokens, start } = gullet.consumeArg();
      const count = Number(tex.textOf(tokens));
      if (!(Number.isInteger(count) && count >= 1 && count <= 100)) throw new katex.ParseError(`Invalid number: ${tex.textOf(tokens)}`, start);
      const align = /[lcr]/.exec(tex.textOf(gullet.consumeArg().tokens))?.[0] ?? "l";
      const body = parser.subparse(gullet.consumeArg().tokens);
      gullet.pushTokens(Array.from({ length: count - 1 }, () => new tex.Token("&")));
      return { type: "ordgroup", mode, body: [mark({ kind: "span", count, align }), ...body] };
    },
  });

  const isTable = (node) => node.type === "mtable" || node.classes?.includes("mtable");
  const childrenOf = (node) => node.children ?? [];
  const toldIn = (node) => (node.told ? [node.told] : isTable(node) ? [] : childrenOf(node).flatMap(toldIn));
  const ALIGN = { l: "left", c: "center", r: "right" };

  // `cells`: the place of each cell in its table, and what paints it, or draws a line above or below it.
  function colour(cells) {
    const rows = {};
    const columns = {};
    for (const { row, column, told } of cells) {
      for (const { kind, color } of told) {
        if (kind === "row") rows[row] ??= color;
        if (kind === "column") columns[column] ??= color;
      }
    }
    for (const { row, column, told, paint } of cells) {
      const color = told.find(({ kind }) => kind === "cell")?.color ?? rows[row] ?? columns[column];
      if (color) paint(color);
    }
    for (const { row, told } of cells) {
      for (const { from, to, below } of told.filter(({ kind }) => kind === "line")) {
        for (const cell of cells) if (cell.row === row && cell.column >= from && cell.column <= to) cell.draw(below);
      }
    }
  }

  const spanOf = (told) => told.find(({ kind }) => kind === "span");

  function ofMathml(table) {
    const isCell = (node) => !node.classes?.some((name) => name === "mtr-glue" || name === "mml-eqn-num");
    const cells = table.children.flatMap((line, row) => line.children.filter(isCell).map((content, column) => ({
      row, column, content, told: toldIn(content),
      paint: (color) => content.setAttribute("mathbackground", color),
      draw: (below) => content.setAttribute("style", `border-${below ? "bottom" : "top"}:.04em solid`),
    })));
    colour(cells);
    for (const { row, content, told } of cells) {
      const span = spanOf(told);
      if (!span) continue;
      content.setAttribute("columnalign", ALIGN[span.align]);
      if (span.count === 1) continue;
      content.setAttribute("columnspan", String(span.count));
      const line = table.children[row];
      line.children.splice(line.children.indexOf(content) + 1, span.count - 1);
    }
  }

  // In the boxes a column is a list of cells, each beside a strut, at its height above the line.
  function ofBoxes(table) {
    const columns = table.children.filter(({ classes }) => /^col-align/.test(classes[0] ?? ""));
    const cells = columns.flatMap((box, column) => {
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
        const shift = parseFloat(line.style.top) + height; // of its line below that of the table
        const add = (place) => line.children.unshift(new Span([], [], undefined, { position: "absolute", left: `${-left}em`, right: `${-right}em`, ...place }));
        const edge = (below) => `${(height + (below ? content.depth : -content.height)).toFixed(4)}em`;
        const paint = (color) => {
          line.style.isolation = "isolate";
          add({ top: edge(false), height: `${(content.height + content.depth).toFixed(4)}em`, zIndex: "-1", backgroundColor: color });
        };
        const draw = (below) => add({ top: edge(below), borderBottom: ".04em solid" });
        return { row: shift.toFixed(3), column, line, shift, content, told: toldIn(content), paint, draw };
      });
    });
    colour(cells);
    const spans = cells.filter(({ told }) => spanOf(told)).map((cell) => ({ ...cell, ...spanOf(cell.told) }));
    for (const { line, align } of spans) line.style.textAlign = ALIGN[align];
    const wide = spans.filter(({ count }) => count > 1);
    if (wide.length) spread(table, wide, columns);
  }

  // Cells over several columns: the columns and what stands between them are those of a grid, since the browser alone knows their
  // widths, and such a cell is laid over its own.
  function spread(table, wide, columns) {
    const place = (node) => table.children.indexOf(node) + 1;
    const over = wide.map(({ column, count, line, content, shift, align }) => {
      const [from, to] = [place(columns[column]), place(columns[Math.min(column + count, columns.length) - 1])];
      for (const node of table.children.slice(from, to)) {
        if (node.classes.includes("vertical-separator")) cut(node, shift - content.height, shift + content.depth);
      }
      line.children.splice(line.children.indexOf(content), 1);
      return new Span([], [content], undefined, { gridArea: `1/${from}/2/${to + 1}`, position: "relative", top: `${shift.toFixed(4)}em`, textAlign: ALIGN[align] });
    });
    const under = table.children.map((node, index) => (
      new Span([], [node], undefined, { gridArea: `1/${index + 1}`, textAlign: ALIGN[/^col-align-(.)/.exec(node.classes[0])?.[1]] })
    ));
    const widths = table.children.map((node) => (columns.includes(node) ? "auto" : node.style.width ?? "0"));
    table.children = [new Span([], [...under, ...over], undefined, { display: "inline-grid", alignItems: "baseline", gridTemplateColumns: widths.join(" ") })];
  }

  // Leaves a line between columns out from one height below the line of the table to another.
  function cut(separator, top, bottom) {
    const above = parseFloat(separator.style.height) + parseFloat(separator.style.verticalAlign);
    separator.gaps = [...(separator.gaps ?? []), [above + top, above + bottom]].sort(([a], [b]) => a - b);
    const stops = separator.gaps.map(([start, end]) => `#000 ${start.toFixed(4)}em,#0000 ${start.toFixed(4)}em ${end.toFixed(4)}em,#000 ${end.toFixed(4)}em`);
    separator.style.mask = `linear-gradient(${stops.join(",")})`;
  }

  function walk(node) {
    childrenOf(node).forEach(walk);
    if (node.type === "mtable") ofMathml(node);
    else if (isTable(node)) ofBoxes(node);
  }

  // Does to the tables of a formula, whose boxes and MathML are made, what their cells tell.
  function paint(dom) {
    if (isUsed) walk(dom);
    isUsed = false;
  }

  return { mark, paint };
})();
