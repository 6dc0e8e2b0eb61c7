// The matrices of the package `physics`, as MathJax 3 reads them.

(() => {
  "use strict";

  const { textOf, isNext } = tex;
  const { CLOSING, fill, next, argument, letters, between, fence } = tex.brackets;

  const rows = (name) => `\\begin{${name}}#1\\end{${name}}`;

  const matrix = (name) => (gullet) => {
    const star = isNext(gullet, "*");
    if (next(gullet) === "{") return fill(gullet, rows(name), argument(gullet));
    for (const open of Object.keys(CLOSING)) {
      const inner = between(gullet, open, CLOSING[open], true);
      const round = star && open === "(";
      if (inner) return fill(gullet, fence(round ? "\\lgroup " : open, rows(name), round ? "\\rgroup " : CLOSING[open]), inner);
    }
    throw new katex.ParseError("a matrix needs brackets or braces", gullet.future());
  };
  const inBrackets = (open, name, close) => fence(open, rows(name), close);

  const count = (gullet) => {
    const group = gullet.consumeArg();
    const number = Number(textOf(group.tokens));
    if (!Number.isInteger(number) || number > 50) throw new katex.ParseError("Invalid number", group.start);
    return Math.max(1, number);
  };
  const grid = (height, width, cell) => Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (__, column) => cell(row + 1, column + 1)).join("&")).join("\\\\ ");

  const identity = (gullet) => {
    const length = count(gullet);
    return grid(length, length, (row, column) => row === column ? "1" : "0");
  };

  const filled = (entry) => (gullet) => {
    const star = isNext(gullet, "*");
    const cell = entry ?? argument(gullet);
    const height = count(gullet);
    const width = count(gullet);
    const index = (row, column) => {
      if (height === 1 && width === 1) return "";
      return height === 1 ? `_{${column}}` : width === 1 ? `_{${row}}` : `_{{${row}}{${column}}}`;
    };
    return fill(gullet, grid(height, width, (row, column) => `#1${star ? index(row, column) : ""}`), cell);
  };

  const PAULI = { 0: "1&0\\\\ 0&1", x: "0&1\\\\ 1&0", y: "0&-i\\\\ i&0", z: "1&0\\\\ 0&-1" };
  Object.assign(PAULI, { 1: PAULI.x, 2: PAULI.y, 3: PAULI.z });
  const pauli = (gullet) => {
    const written = textOf(argument(gullet));
    return written.slice(1) + (PAULI[written[0]] ?? "");
  };

  // \dmat{1,2&3\\4&5}: blocks along the diagonal
  const diagonal = (anti) => (gullet) => {
    const blocks = [[]];
    let braces = 0;
    for (const token of argument(gullet).slice().reverse()) {
      braces += (token.text === "{") - (token.text === "}");
      if (token.text === "," && !braces) blocks.push([]);
      else blocks.at(-1).push(token);
    }
    const cells = blocks.slice(0, 9).map((_, index) =>
      "&".repeat(anti ? blocks.length - 1 - index : index) + `\\begin{matrix}#${index + 1}\\end{matrix}`);
    return fill(gullet, cells.join("\\\\ "), ...blocks.slice(0, 9).map((tokens) => tokens.reverse()));
  };

  const all = tex.packages.physics;
  const add = (names, definition) => { for (const name of names.split(" ")) all[`\\${name}`] = definition; };
  add("matrixquantity mqty", matrix("matrix"));
  add("smallmatrixquantity smqty", matrix("smallmatrix"));
  for (const [prefix, name] of [["", "matrix"], ["s", "smallmatrix"]]) {
    add(`${prefix}pmqty`, inBrackets("(", name, ")"));
    add(`${prefix}Pmqty`, inBrackets("\\lgroup ", name, "\\rgroup "));
    add(`${prefix}bmqty`, inBrackets("[", name, "]"));
    add(`${prefix}vmqty ${prefix}mdet`, inBrackets("|", name, "|"));
  }
  add("matrixdeterminant", inBrackets("|", "matrix", "|"));
  add("identitymatrix imat", identity);
  add("xmatrix xmat", filled());
  add("zeromatrix zmat", filled(letters("0")));
  add("paulimatrix pmat", pauli);
  add("diagonalmatrix dmat", diagonal(false));
  add("antidiagonalmatrix admat", diagonal(true));
})();
