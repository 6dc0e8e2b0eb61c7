// The columns of an array as LaTeX's package `array` reads them, and environments whose cells are edited before KaTeX reads them.

tex.columns = (() => {
  "use strict";

  const { Token, optional } = tex;
  const OPENING = ["{", "\\begin", "\\left"];
  const CLOSING = ["}", "\\end", "\\right"];
  const MOST = 100; // columns
  const ordered = (tokens) => tokens.slice().reverse(); // KaTeX keeps them reversed
  const group = (gullet) => ordered(gullet.consumeArg().tokens);

  // The tokens before the \end of the environment that was begun, reversed as KaTeX keeps them.
  function content(gullet, name, begin) {
    const read = [];
    for (let depth = 0; ;) {
      const token = gullet.popToken();
      if (token.text === "EOF") throw new katex.ParseError("Expected & or \\\\ or \\end", begin);
      const isBegin = token.text === "\\begin";
      if (!isBegin && token.text !== "\\end") {
        read.push(token);
        continue;
      }
      const { tokens, start, end } = gullet.consumeArg();
      const isSame = tex.textOf(tokens) === name;
      if (isSame && !isBegin && depth === 0) return { tokens: read.reverse(), end: [token, start, ...ordered(tokens), end] };
      if (isSame) depth += isBegin ? 1 : -1;
      read.push(token, start, ...ordered(tokens), end);
    }
  }

  // `edit(cell, column, isLast)` has the tokens of a cell in their order, and returns those that KaTeX is to read instead.
  function editCells(gullet, name, begin, edit) {
    const { tokens, end } = content(gullet, name, begin);
    const edited = [];
    let [cell, column, depth] = [[], 0, 0];
    const leave = (isLast) => {
      const head = headOf(cell);
      const isRow = column > 0 || !isLast || cell.slice(head).some((token) => token.text !== " ");
      edited.push(...cell.slice(0, head), ...(isRow ? edit(cell.slice(head), column, isLast) : []));
    };
    for (const token of ordered(tokens)) {
      depth += OPENING.includes(token.text) - CLOSING.includes(token.text);
      const isLast = token.text === "\\\\" || token.text === "\\cr";
      if (depth || !(isLast || token.text === "&")) {
        cell.push(token);
        continue;
      }
      leave(isLast);
      edited.push(token);
      [cell, column] = [[], isLast ? 0 : column + 1];
    }
    leave(true);
    gullet.pushTokens([...edited, ...end].reverse());
  }

  // How many tokens at the beginning of a row belong to its rule or to the end of the row before: \hline, \toprule, *, [2pt].
  function headOf(cell) {
    let head = 0;
    for (let inBrackets = false; head < cell.length; head++) {
      const { text } = cell[head];
      if (text === "[" && !head) inBrackets = true;
      else if (inBrackets) inBrackets = text !== "]";
      else if (!/^(?: |\*|\\hline|\\hdashline|\\(?:top|mid|bottom)rule)$/.test(text) || (text === "*" && head)) break;
    }
    return head;
  }

  // What a preamble says: `letters` for KaTeX, the tokens before (`>`) and after (`<`) each cell, and what stands between the
  // columns (`@`, `!`), by the column that follows. A width is passed over.
  function readPreamble(gullet, tokens) {
    const found = { letters: "", before: [], after: [], between: [], tight: [] };
    let waiting = [];
    gullet.pushTokens([new Token("EOF"), ...tokens]);
    const add = (letter) => {
      found.letters += letter;
      found.before.push(waiting);
      found.after.push([]);
      waiting = [];
    };
    for (let token = gullet.popToken(); token.text !== "EOF"; token = gullet.popToken()) {
      const { text } = token;
      const index = found.before.length;
      if (index > MOST) throw new katex.ParseError("Too many columns", token);
      if (/^[lcr]$/.test(text)) add(text);
      else if (/^[|:]$/.test(text)) found.letters += text;
      else if (/^[pmb]$/.test(text) && tex.brackets.next(gullet) === "{" && gullet.consumeArg()) add("l");
      else if (text === ">") waiting = [...waiting, ...group(gullet)];
      else if (text === "<" && index) found.after[index - 1].push(...group(gullet));
      else if (text === "@" || text === "!") {
        found.between[index] = [...(found.between[index] ?? []), ...group(gullet)];
        found.tight[index] ||= text === "@";
      } else if (text === "*") {
        const count = Math.min(Number(tex.textOf(gullet.consumeArg().tokens)) || 0, MOST);
        const columns = gullet.consumeArg().tokens;
        for (let times = 0; times < count; times++) gullet.pushTokens(columns);
      }
    }
    return found;
  }

  // What stands between columns becomes a column of its own. No space is beside it where it came with `@`.
  function widen(found) {
    const columns = [];
    let index = 0;
    const beside = (place) => {
      const last = columns.findLast((column) => column.type === "align");
      if (last && found.tight[place]) last.postgap = 0;
      if (found.between[place]?.length) columns.push({ type: "align", align: "c", tight: found.tight[place] });
    };
    for (const letter of found.letters) {
      if (letter === "|" || letter === ":") {
        columns.push({ type: "separator", separator: letter });
        continue;
      }
      beside(index);
      columns.push({ type: "align", align: letter, ...(found.tight[index] ? { pregap: 0 } : {}) });
      index += 1;
    }
    beside(index);
    return columns.map(({ tight, ...column }) => (tight ? { ...column, pregap: 0, postgap: 0 } : column));
  }

  // The place of each column among those that were widened.
  function placesOf({ before, between }) {
    let place = -1;
    return before.map((_, index) => (place += between[index]?.length ? 2 : 1));
  }

  function editArray(gullet, name, begin, found, inside) {
    const and = new Token("&");
    editCells(gullet, name, begin, (cell, column, isLast) => {
      const [left, right] = [found.between[column], isLast ? found.between[column + 1] : undefined];
      return [
        ...(left?.length ? [...left, and] : []), ...(found.before[column] ?? []), ...inside(cell), ...(found.after[column] ?? []),
        ...(right?.length ? [and, ...right] : []),
      ];
    });
  }

  // Takes each \cline{2-3} and \cmidrule(lr){2-3} out of an array: the row above which it stands, and its columns.
  function takeLines(gullet, name, begin) {
    const { tokens, end } = content(gullet, name, begin);
    const all = ordered(tokens);
    const kept = [];
    const lines = [];
    for (let [index, depth, row] = [0, 0, 0]; index < all.length; index++) {
      const { text } = all[index];
      const close = !depth && /^\\(?:cline|cmidrule)$/.test(text) ? all.findIndex((token, place) => place > index && token.text === "}") : -1;
      const [, from, to] = /\{\s*(\d+)\s*-\s*(\d+)\s*$/.exec(all.slice(index, Math.max(close, index)).map((token) => token.text).join("")) ?? [];
      if (from) {
        lines.push({ row, from: Number(from) - 1, to: Math.min(Number(to), MOST) - 1 });
        index = close;
        continue;
      }
      depth += OPENING.includes(text) - CLOSING.includes(text);
      row += !depth && (text === "\\\\" || text === "\\cr");
      kept.push(all[index]);
    }
    gullet.pushTokens([...kept, ...end].reverse());
    return lines;
  }

  // Tells the boxes of those lines (`cells.js`); one behind the last row stands below it. `places` are those of the columns.
  function drawLines(array, lines, places) {
    for (const { row, from, to } of lines) {
      const cells = array.body[Math.min(row, array.body.length - 1)];
      const last = places[to] ?? to;
      const [cell] = cells;
      while (cells.length <= last) cells.push({ ...cell, body: [{ ...cell.body[0], body: [] }] });
      cell.body[0].body.unshift(tex.cells.mark({ kind: "line", from: places[from] ?? from, to: last, below: row >= array.body.length }));
    }
  }

  // The cells of a `tabular` are text; what a \multicolumn holds is its last argument.
  function asText(cell) {
    const isSpace = ({ text }) => text === " ";
    const [first, last] = [cell.findIndex((token) => !isSpace(token)), cell.findLastIndex((token) => !isSpace(token))];
    const words = cell.slice(Math.max(first, 0), last + 1);
    const text = [new Token("\\text"), new Token("{"), ...words, new Token("}")];
    if (words[0]?.text !== "\\multicolumn") return words.length ? text : [];
    let start = words.length - 1;
    for (let depth = 0; start > 0; start--) {
      depth += (words[start].text === "}") - (words[start].text === "{");
      if (!depth) break;
    }
    return [...words.slice(0, start), new Token("{"), new Token("\\text"), ...words.slice(start), new Token("}")];
  }

  // \begin{array}{@{}l|>{\displaystyle}r*{2}{c}p{3cm}}: reads the preamble, and returns what is to be done with the array.
  function read(gullet, name, begin) {
    gullet.consumeSpaces();
    if (gullet.future().text !== "{") return undefined;
    const { tokens, start, end } = gullet.consumeArg();
    const isText = name === "tabular";
    const isPlain = !isText && /^[lcr|: ]*$/.test(tex.textOf(tokens));
    const hasLines = /\\c(?:line|midrule)(?![A-Za-z])/.test(gullet.lexer.input);
    const lines = hasLines ? takeLines(gullet, name, begin) : [];
    const found = isPlain ? null : readPreamble(gullet, tokens);
    const parts = found ? [...found.before, ...found.after, ...found.between] : [];
    if (isText || parts.some((part) => part?.length)) editArray(gullet, name, begin, found, isText ? asText : (cell) => cell);
    const columns = found && widen(found);
    const letters = columns?.map((column) => column.align ?? column.separator);
    gullet.pushToken(end);
    gullet.pushTokens(letters ? letters.reverse().map((text) => new Token(text, start.loc)) : tokens);
    gullet.pushToken(start);
    if (!columns && !lines.length) return undefined;
    return (array) => {
      if (columns) array.cols = columns;
      drawLines(array, lines, columns ? placesOf(found) : []);
    };
  }

  // \begin{cases*}: what stands behind the & is text.
  function readTexts(gullet, name, begin) {
    editCells(gullet, name, begin, (cell, column) =>
      column === 1 ? [new Token("\\text"), new Token("{"), ...cell, new Token("}")] : cell);
  }

  // \begin{bsmallmatrix*}[r]: the alignment of all columns.
  function readAlignment(gullet) {
    const align = tex.textOf(optional(gullet) ?? []);
    const column = { type: "align", align: /^[lcr]$/.test(align) ? align : "c" };
    return (array) => { array.cols = Array.from({ length: Math.max(...array.body.map((row) => row.length)) }, () => column); };
  }

  return { content, read, readTexts, readAlignment };
})();
