// What a formula has to do with numbers: its rows with their labels and tags, and the references in it. Nothing is
// counted here. Where a number or a reference stands the answer has a mark, since a formula is rendered once and its
// number changes with the page (`math/numbering.py`).

(() => {
  "use strict";

  const { Parser, Token, textOf, isNext } = tex;
  const MARK = "\x01"; // no formula holds a control character (`driver.js`)
  const REFERENCES = ["\\eqref", "\\ref", "\\cref", "\\Cref", "\\autoref", "\\nameref", "\\pageref", "\\vref", "\\Vref", "\\vpageref", "\\zcref",
    "\\namecref", "\\nameCref", "\\lcnamecref"];

  // The survey of the formula that is being rendered; null while definitions are read.
  let survey = null;

  function begin(source, display) {
    survey = {
      source, display, open: [], labels: [], displays: [], events: [], references: [], tags: [], problems: [], bare: false,
    };
  }

  // ---- commands ----------------------------------------------------------------------------------------------

  // Where an argument stands in the formula, in code units; -1 for one in the body of a macro.
  const placeOf = ({ loc }) => (loc && loc.lexer.input === survey?.source ? loc.start : -1);

  katex.__defineMacro("\\label", (gullet) => {
    const { tokens, start } = gullet.consumeArg();
    survey?.labels.push([textOf(tokens), placeOf(start)]);
    return "";
  });

  // A second \tag is an error, and the first one stays. In a line of text MathJax shows it behind the formula.
  katex.__defineMacro("\\tag", (gullet) => {
    const star = isNext(gullet, "*");
    const { tokens, start } = gullet.consumeArg();
    const shown = star ? tokens : [new Token(")"), new Token("}"), ...tokens, new Token("{"), new Token("(")];
    if (survey && !survey.display && !survey.open.some((it) => it.numbered)) {
      return { tokens: [new Token("}"), ...shown, new Token("{"), new Token("\\text"), new Token("\\qquad")], numArgs: 0 };
    }
    if (gullet.macros.get("\\df@tag")) {
      survey?.problems.push(["tag", placeOf(start)]);
      return "";
    }
    const content = textOf(tokens) === "" ? [] : shown;
    gullet.macros.set("\\df@tag", { tokens: [new Token("}"), ...content, new Token("{"), new Token("\\text")], numArgs: 0 }, true);
    return "";
  });

  // \setcounter{equation}{4}; other counters are not ours.
  katex.__defineMacro("\\setcounter", (gullet) => {
    const name = textOf(gullet.consumeArg().tokens);
    const written = textOf(gullet.consumeArg().tokens);
    if (name === "equation" && /^-?\d{1,9}$/.test(written)) survey?.events.push(["set", Number(written)]);
    return "";
  });

  const raw = (mark) => ({
    classes: [], style: {}, attributes: {}, height: 0.75, depth: 0.25, maxFontSize: 1, hasClass: () => false,
    toMarkup: () => mark, toText: () => mark, toNode: () => { throw new Error("no DOM here"); },
  });
  const marked = (kind, number) => raw(`${MARK}${kind}${number}${MARK}`);

  katex.__defineFunction({
    type: "mathblog-reference",
    names: REFERENCES,
    numArgs: 1, argTypes: ["raw"], allowedInText: true, allowedInArgument: true,
    handler({ parser, funcName, token }, [{ string }]) {
      const number = survey ? survey.references.push([funcName.slice(1), string, token ? placeOf(token) : -1]) - 1 : -1;
      return { type: "mathblog-reference", mode: parser.mode, number };
    },
    htmlBuilder(group) {
      const span = new katex.__domTree.Span(["mord", "text"], [marked("r", group.number)]);
      return Object.assign(span, { height: 0.75, depth: 0.25 });
    },
    mathmlBuilder: (group) => marked("s", group.number),
  });

  // ---- rows --------------------------------------------------------------------------------------------------

  const NUMBERED = new Set(["equation", "align", "gather"]); // KaTeX's names, without the star

  // A row ends where its last cell does: what \label has noted until then belongs to it, or to the row around it.
  const parseExpression = Parser.parseExpression;
  Parser.parseExpression = function (breakOnInfix, breakOn) {
    const body = parseExpression.call(this, breakOnInfix, breakOn);
    if (survey && (breakOn === "\\\\" || breakOn === "\\end")) {
      const open = survey.open.at(-1);
      const { text } = this.nextToken ?? {};
      if (open?.numbered && (text === "\\\\" || text === "\\end")) open.rows.push(survey.labels.splice(0));
    }
    return body;
  };

  // An environment begins; `name` is KaTeX's for it.
  function enter(name, nested) {
    const open = { numbered: !nested && NUMBERED.has(name.replace("*", "")), rows: [], starred: name.endsWith("*") };
    if (open.numbered && survey?.labels.length) open.before = survey.labels.splice(0);
    survey?.open.push(open);
    return open;
  }

  // An environment has ended. A number has each row that is not empty at the end, `block` one in all.
  function leave(open, array, block) {
    survey?.open.pop();
    if (!survey || !array.tags) return;
    if (!open.numbered && !array.tags.some(Array.isArray)) {
      delete array.tags;
      return;
    }
    dropEmptyRow(array, open);
    const rows = array.body.map((_, index) => ({ auto: array.tags[index] === true, labels: open.rows[index] ?? [], tag: tagOf(array.tags[index]) }));
    const display = { array, kind: open.starred ? "starred" : "environment", rows: block ? [merge(rows)] : rows, first: block ? rows.length - 1 : 0 };
    if (open.before) display.rows[0].labels.unshift(...open.before);
    survey.displays.push(display);
    survey.events.push(["display", survey.displays.length - 1]);
  }

  // The rows of \multline are one.
  function merge(rows) {
    const tag = rows.find((row) => row.tag !== null)?.tag ?? null;
    return { auto: rows.every((row) => row.auto), labels: rows.flatMap((row) => row.labels), tag };
  }

  const tagOf = (tag) => (Array.isArray(tag) ? survey.tags.push(tag) - 1 : null);

  const SPACES = new Set(["spacing", "kern", "internal"]);
  const isBlank = (node) => SPACES.has(node.type) || node.text === "~" || node.text === "\\ "
    || (["ordgroup", "styling"].includes(node.type) && node.body.every(isBlank));

  // A row with nothing in it at the end: LaTeX numbers it, MathJax and everybody's eye do not.
  function dropEmptyRow(array, open) {
    const last = array.body.length - 1;
    if (last < 1 || Array.isArray(array.tags[last]) || !array.body[last].every(isBlank)) return;
    array.body.pop();
    array.tags.length = last;
    array.hLinesBeforeRow.length = Math.min(array.hLinesBeforeRow.length, last + 1);
    const labels = open.rows[last];
    if (labels?.length) survey.lost = [...(survey.lost ?? []), ...labels];
  }

  const subequations = () => survey?.events.push(["open"]);

  function endSubequations() {
    claim();
    survey?.events.push(["close"]);
  }

  // The labels before the first display are those of all.
  function claim() {
    const event = survey?.events.at(-1);
    if (event?.[0] === "open" && event.length === 1) event.push(survey.labels.splice(0));
  }

  // ---- the whole formula -------------------------------------------------------------------------------------

  const parse = Parser.parse;
  Parser.parse = function () {
    const tree = parse.call(this);
    return survey && survey.source === this.gullet.lexer.input ? finish(this, tree) : tree;
  };

  const arrayOf = (node) => node.around ?? node; // with what `around.js` puts around it
  const contentOf = (tree) => tree.flatMap((node) => (node.held ? contentOf(node.body) : [node]));

  function finish(parser, tree) {
    const { macros } = parser.gullet;
    const tag = macros.get("\\df@tag") ? parser.subparse([new Token("\\df@tag")]) : null;
    macros.set("\\df@tag", undefined, true);
    const { displays } = survey;
    const content = contentOf(tree).filter((node) => node.type !== "internal");
    if (!survey.display && !(displays.length === 1 && content.length === 1 && arrayOf(content[0]) === displays[0].array)) {
      for (const { array, rows } of displays.splice(0)) {
        delete array.tags;
        survey.labels.push(...rows.flatMap((row) => row.labels));
      }
      survey.events = survey.events.filter(([kind]) => kind === "set");
      return tree;
    }
    survey.silent = content.length === 0 && survey.events.length > 0; // \setcounter alone
    if (survey.silent) return tree;
    if (displays.length === 0) {
      const stopped = typeof macros.get("\\@eqnsw") === "object";
      survey.bare = { kind: "bare", rows: [{ auto: !stopped, labels: survey.labels.splice(0), tag: tagOf(tag) }] };
      return tree;
    }
    const rows = displays.flatMap((display) => display.rows);
    if (survey.labels.length) rows.at(-1).labels.push(...survey.labels.splice(0));
    if (tag && rows.every((row) => row.tag === null)) { // \begin{align}…\end{align}\tag{6}: one number for all
      for (const { array } of displays) delete array.tags;
      survey.bare = { kind: "bare", rows: [{ auto: false, labels: rows.flatMap((row) => row.labels), tag: tagOf(tag) }] };
      return tree;
    }
    if (tag) survey.problems.push(["tag", -1]);
    if (content.length === 1 && displays.length === 1 && displays[0].array.body.length === 1) {
      const { array } = displays[0];
      const [cells] = array.body;
      delete array.tags;
      survey.single = true;
      const isPlain = survey.display && content[0] === array && cells.length === 1 && !array.hLinesBeforeRow.some((lines) => lines.length);
      return isPlain && !breaks(cells[0]) ? cells[0].body[0].body : tree; // a cell is a style around a group
    }
    for (const display of displays) {
      const { array } = display;
      array.tags = array.body.map((_, index) => {
        const row = display.rows[index - display.first];
        return row !== undefined && (row.auto || row.tag !== null);
      });
    }
    return displays.length > 1 ? onLines(content, new Set(displays.map(({ array }) => array))) : tree;
  }

  // Whether a line ends in it: KaTeX ends lines of a formula, and none in a cell, as MathJax ends none in an `equation`.
  const OPEN = new Set(["ordgroup", "styling", "color", "sizing"]);
  const breaks = ({ type, body }) => type === "cr" || (OPEN.has(type) && body.some(breaks));

  // Each of several displays stands on a line of its own.
  function onLines(content, arrays) {
    return content.flatMap((node, index) => {
      const apart = index > 0 && (arrays.has(arrayOf(node)) || arrays.has(arrayOf(content[index - 1])));
      return apart ? [{ type: "cr", mode: "math", newLine: true, size: null }, node] : [node];
    });
  }

  // ---- the answer --------------------------------------------------------------------------------------------

  // A parse tree as a formula of its own: the content of a \tag.
  let given = [];
  katex.__defineFunction({
    type: "mathblog-given", names: ["\\mathblog@given"], numArgs: 0, allowedInText: true,
    handler: ({ parser }) => ({ type: "ordgroup", mode: parser.mode, body: given }),
  });

  function renderTag(tree, settings) {
    given = tree;
    const kept = survey;
    survey = null;
    try {
      const [mathml, html] = katex.__renderToDomTree("\\mathblog@given", { ...settings, displayMode: false }).children;
      const inner = mathml.children[0].children[0].children[0];
      const shown = html.children.flatMap((base) => base.children.slice(1)).map((node) => node.toMarkup()).join("");
      return [cut(shown), cut(inner.toMarkup()), cut(inner.toText().replace(/\u00a0/g, " "))];
    } finally {
      survey = kept;
    }
  }

  // Text and marks in turn.
  const cut = (markup) => markup.split(MARK);

  function walk(node, visit) {
    if (!node.children) return;
    node.children = node.children.flatMap((child) => visit(child) ?? (walk(child, visit), [child]));
  }

  // A box or a brace is higher than the rows in it: with this strut the column of numbers is as high, so that both begin at one line.
  function strut(height, depth) {
    const em = (size) => `${+size.toFixed(4)}em`;
    return new katex.__domTree.Span(["katex-strut"], [], undefined, { height: em(height + depth), verticalAlign: em(-depth) });
  }

  // Numbers in the place of KaTeX's counters: in the boxes a column beside the table, in MathML a cell of the row.
  function placeNumbers(dom) {
    const katexSpan = dom.hasClass("katex-display") ? dom.children[0] : dom;
    const [mathml, html] = katexSpan.children;
    let rows = 0;
    walk(mathml, (node) => {
      if (node.classes?.includes("mtr-glue")) return [];
      return node.classes?.includes("mml-eqn-num") ? [marked("m", rows++)] : null;
    });
    rows = 0;
    let columns = 0;
    katexSpan.children = [mathml, ...linesOf(html).map((children) => {
      const line = new katex.__domTree.Span(["katex-html"], children);
      const tags = [];
      walk(line, (node) => (node.classes?.includes("katex-tag") ? (tags.push(node), []) : null));
      for (const base of line.children) base.setAttribute("aria-hidden", "true");
      const [height, depth] = ["height", "depth"].map((name) => Math.max(...line.children.map((base) => base[name])));
      for (const tag of tags) {
        if (height > tag.height || depth > tag.depth) tag.children.unshift(strut(height, depth));
        walk(tag, (node) => {
          if (!node.classes?.includes("eqn-num")) return null;
          node.classes = [];
          node.children = [marked("n", rows++)];
          return [node];
        });
        line.children.push(marked("<", columns), tag, marked(">", columns++));
      }
      return line;
    })];
  }

  function linesOf(html) {
    const lines = [[]];
    for (const child of html.children) {
      if (child.hasClass("katex-newline")) lines.push([]);
      else lines.at(-1).push(child);
    }
    return lines.filter((line) => line.length);
  }

  const isOfInterest = () => survey.displays.length || survey.references.length || survey.events.length || survey.problems.length
    || survey.labels.length || (survey.bare && (survey.bare.rows[0].labels.length || survey.bare.rows[0].tag !== null || !survey.bare.rows[0].auto));

  // The HTML of a formula, and what it has to do with numbers, null for most.
  function render(source, settings) {
    begin(source, settings.displayMode);
    try {
      const dom = katex.__renderToDomTree(source, settings);
      tex.cells.paint(dom);
      if (!isOfInterest()) return [dom.toMarkup(), null];
      const { displays, bare, single, silent } = survey;
      const form = bare || single ? "one" : displays.length ? "rows" : "";
      if (form === "rows") placeNumbers(dom);
      const shape = ({ rows, kind }) => [kind, rows.map(({ auto, labels, tag }) => [auto, labels, tag])];
      return [silent ? "" : dom.toMarkup(), {
        form,
        events: bare ? [...survey.events.filter(([kind]) => kind === "set"), ["display", 0]] : survey.events,
        displays: (bare ? [bare] : displays).map(shape),
        tags: survey.tags.map((tree) => renderTag(tree, settings)),
        references: survey.references,
        problems: [...survey.problems, ...survey.labels.map(([name, place]) => ["label", place, name]), ...(survey.lost ?? []).map(([name, place]) => ["label", place, name])],
      }];
    } finally {
      survey = null;
    }
  }

  // Where in `written` a place of `source` is, which is the same without control characters: Python counts characters.
  function placesIn(source, written) {
    if (source === written && !/[\ud800-\udfff]/.test(source)) return (units) => (units < source.length ? units : -1);
    const kept = Array.from(written).flatMap((character, index) => (/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/.test(character) ? [] : [index]));
    const counts = Array.from(source).flatMap((character, index) => Array(character.length).fill(index));
    return (units) => (units < 0 ? -1 : kept[counts[units] ?? counts.at(-1) + 1] ?? -1);
  }

  // The same with places as Python counts them, in the text as it was written.
  function inCharacters(numbering, source, written) {
    const place = placesIn(source, written);
    const labels = (list) => list.map(([name, at]) => [name, place(at)]);
    return {
      ...numbering,
      events: numbering.events.map(([kind, value]) => [kind, kind === "open" ? labels(value ?? []) : value ?? 0]),
      displays: numbering.displays.map(([kind, rows]) => [kind, rows.map(([auto, names, tag]) => [auto, labels(names), tag ?? -1])]),
      references: numbering.references.map(([command, names, at]) => [command, names, place(at)]),
      problems: numbering.problems.map(([kind, at, name]) => [kind, place(at), name ?? ""]),
    };
  }

  Object.assign(tex, { numbers: { enter, leave, subequations, endSubequations, claim, render, cut, inCharacters } });
})();
