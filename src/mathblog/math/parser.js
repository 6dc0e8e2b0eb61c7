// What KaTeX's parser refuses and MathJax's takes: environments, limits, scripts, signs in texts, models of colours.

(() => {
  "use strict";

  const { Parser, Token, textOf, optional, numbers } = tex;

  // ---- environments ------------------------------------------------------------------------------------------

  // Those that only number, or only switch to a display, hold their content.
  const TRANSPARENT = new Set(["math", "subequations", "spreadlines"]);
  const ALIASES = {
    "eqnarray": "align", "eqnarray*": "align*", "flalign": "align", "flalign*": "align*", "alignat": "align",
    "alignat*": "align*", "alignedat": "aligned", "xalignat": "align", "xalignat*": "align*", "multline": "gather", "multline*": "gather*", "displaymath": "equation*", "split": "aligned",
    "xxalignat": "align*", "multlined": "gathered", "lgathered": "gathered", "rgathered": "gathered",
    "tabular": "array", "cases*": "cases", "dcases*": "dcases", "rcases*": "rcases", "drcases*": "drcases", [tex.around.INNER]: "align",
  };
  // \begin{aligned}[t]
  const PLACED = new Set(["array", "tabular", "aligned", "alignedat", "gathered", "split", "multlined", "lgathered", "rgathered"]);
  const FINISH = {
    "eqnarray": columns, "eqnarray*": columns, "multline": stagger, "multline*": stagger, "multlined": stagger,
    "lgathered": flush("l"), "rgathered": flush("r"), [tex.around.INNER]: tex.around.finish,
  };
  const READ = {
    "array": tex.columns.read, "darray": tex.columns.read, "tabular": tex.columns.read, "cases*": tex.columns.readTexts, "dcases*": tex.columns.readTexts,
    "rcases*": tex.columns.readTexts, "drcases*": tex.columns.readTexts, [tex.around.INNER]: tex.columns.readTexts,
  };
  const FENCES = { "p": ["(", ")"], "b": ["[", "]"], "B": ["\\{", "\\}"], "v": ["|", "|"], "V": ["\\Vert", "\\Vert"] };
  for (const prefix of ["", ...Object.keys(FENCES)]) { // \begin{psmallmatrix*}[r]
    for (const star of ["", "*"]) if (prefix || star) ALIASES[`${prefix}smallmatrix${star}`] = "smallmatrix";
    READ[`${prefix}smallmatrix*`] = tex.columns.readAlignment;
  }
  const BLOCKS = new Set(["multline", "multline*"]); // one number for all rows
  const PAIRED = new Set(["alignat", "alignat*", "alignedat", "xalignat", "xalignat*", "xxalignat"]); // \begin{alignat}{2}

  const kern = (em) => ({ type: "kern", mode: "math", dimension: { number: em, unit: "em" } });
  const empty = () => ({ type: "ordgroup", mode: "math", body: [] });
  const inside = (cell) => cell.body[0].body; // a cell is a style around a group

  // a &=& b: the relation stands between its neighbours as it does in a line, MathJax's `rcl`.
  function columns(array) {
    const count = Math.max(...array.body.map((row) => row.length));
    for (const row of array.body) {
      row.forEach((cell, index) => {
        if (index % 3 === 1) {
          if (index % 2 === 0) inside(cell).unshift(empty());
          inside(cell).push(empty());
        } else if (index % 2 === 1) {
          inside(cell).shift();
        }
      });
    }
    array.cols = Array.from({ length: count }, (_, index) => ({
      type: "align", align: "rcl"[index % 3], pregap: index && index % 3 === 0 ? 1 : 0, postgap: 0,
    }));
    array.colSeparationType = "alignat";
  }

  // \begin{alignat}{2} with three pairs in a row: KaTeX refuses, MathJax goes on. No space stands between the pairs.
  function pairs(array, count) {
    const most = Math.max(2 * count, ...array.body.map((row) => row.length));
    array.cols = Array.from({ length: most }, (_, index) => ({
      type: "align", align: "rl"[index % 2], pregap: 0, postgap: 0,
    }));
    array.colSeparationType = "alignat";
  }

  function readCount(gullet, name) {
    const { tokens, start } = gullet.consumeArg();
    const count = textOf(tokens);
    if (!/^0*[1-9]\d?$/.test(count)) throw new katex.ParseError(`\\begin{${name}} needs its number of pairs: \\begin{${name}}{2}`, start);
    return Number(count);
  }

  // The first row to the left, the last to the right.
  function stagger(array) {
    const rows = array.body;
    if (rows.length > 1) {
      inside(rows[0].at(-1)).push(kern(4));
      inside(rows.at(-1)[0]).unshift(kern(4));
    }
  }

  function flush(align) {
    return (array) => { array.cols = [{ type: "align", align }]; };
  }

  const nameOf = (group) => group.body.map((letter) => letter.text).join("");
  const named = (group, name) => ({ ...group, body: Array.from(name, (text) => ({ type: "textord", mode: "text", text })) });

  // The name of an environment, `{align}`, read at once; null for what is not of letters, which KaTeX reads sign by sign.
  function plainName(gullet) {
    gullet.consumeSpaces();
    const tokens = [gullet.popToken()];
    if (tokens[0].text === "{") {
      do tokens.push(gullet.popToken()); while (/^[A-Za-z*]$/.test(tokens.at(-1).text));
    }
    const [start, end] = [tokens[0], tokens.at(-1)];
    if (end.text === "}") return named({ type: "ordgroup", mode: "text", loc: start.range(end, "").loc }, tokens.slice(1, -1).map(({ text }) => text));
    gullet.pushTokens(tokens.reverse());
    return null;
  }

  const ANGLES = { "<": "\\langle", "\\lt": "\\langle", ">": "\\rangle", "\\gt": "\\rangle" }; // as delimiters

  // \cancel[color=red]{x}, \overbracket[3px]{x}, \cfrac[l]{a}{b}: wishes for the looks, passed over.
  const WISHES = new Set(["\\cancel", "\\bcancel", "\\xcancel", "\\overbracket", "\\underbracket", "\\cfrac"]);
  const LAPS = new Set(["\\mathllap", "\\mathrlap", "\\mathclap"]); // \mathllap[\scriptstyle]{x}
  // \left\ulcorner: LaTeX's corners do not grow, so each stands beside a delimiter that shows nothing.
  const CORNERS = new Set(["\\ulcorner", "\\urcorner", "\\llcorner", "\\lrcorner", "⌜", "⌝", "⌞", "⌟"]);
  const DELIMITED = /^\\(?:left|right|middle|[bB]igg?[lmr]?)$/;
  const parseArguments = Parser.parseArguments;
  Parser.parseArguments = function (command, data) {
    if (DELIMITED.test(command) && CORNERS.has(tex.brackets.next(this.gullet))) {
      const corner = this.gullet.popToken();
      if (command === "\\right") this.corner = corner; // the \left, which ends with it, takes it
      else this.gullet.pushToken(corner);
      this.gullet.pushToken(new Token("."));
    }
    while (WISHES.has(command) && optional(this.gullet)) continue;
    const name = command === "\\begin" || command === "\\end" ? plainName(this.gullet) : null;
    if (name) return { args: [name], optArgs: [] };
    const style = LAPS.has(command) ? optional(this.gullet) : null;
    const below = command === "\\stackrel" ? optional(this.gullet) : null; // \stackrel[below]{above}{=} of the package stackrel
    if (below) {
      const above = this.gullet.consumeArg().tokens;
      const group = (tokens) => [new Token("}"), ...tokens, new Token("{")];
      const stacked = [...group(this.gullet.consumeArg().tokens), ...group(below), new Token("\\underset")];
      this.gullet.pushTokens([...group(stacked), ...group(above)]);
    }
    if (style) this.gullet.pushTokens([new Token("}"), ...this.gullet.consumeArg().tokens, ...style, new Token("{")]);
    return parseArguments.call(this, command, data);
  };

  const callFunction = Parser.callFunction;
  Parser.callFunction = function (command, args, optArgs, token, breakOn) {
    if (command === "\\begin" && args[0].type === "ordgroup") return begin(this, args[0], token, breakOn);
    if (command.startsWith("\\genfrac ")) return fraction(this, command.split(" ").slice(1), args);
    if (command === "\\\\" && this.gullet.future().text === "*") this.gullet.popToken(); // in a line of text or a plain display
    const result = callFunction.call(this, command, args, optArgs, token, breakOn);
    if (command === "\\left" && this.corner) {
      const { corner } = this;
      this.corner = undefined;
      result.body.push(...this.subparse([corner]));
    }
    if (command === "\\genfrac") return delimited(result, args);
    for (const side of ["left", "right", "delim"]) if (ANGLES[result?.[side]]) result[side] = ANGLES[result[side]];
    const open = command === "\\end" ? this.environments?.at(-1) : undefined;
    if (open?.alias) {
      if (result.name !== open.name) throw mismatch(open.name, result.name, token);
      result.name = open.alias;
    }
    return result;
  };

  // \genfrac{\langle}{\rangle}{0pt}{}{n}{k}: KaTeX writes the names of such delimiters into its MathML, and leaves out those of \genfrac||.
  function delimited(result, [left, right]) {
    const isStyled = result.type === "styling";
    const fraction = isStyled ? result.body[0] : result;
    const written = (group) => /^(?:[|<>]|\\\||\\[vV]ert)$/.exec((group.type === "ordgroup" ? group.body[0] : group)?.text)?.[0];
    const sides = [fraction.leftDelim ?? written(left) ?? ".", fraction.rightDelim ?? written(right) ?? "."];
    if (sides.every((side) => /^(?:[.()[\]]|\\[{}])$/.test(side))) return result;
    const whole = fenced(fraction, ...sides);
    return isStyled ? { ...result, body: [whole] } : whole;
  }

  const fenced = (fraction, left, right) => ({
    type: "leftright", mode: "math", body: [{ ...fraction, leftDelim: null, rightDelim: null }], left: ANGLES[left] ?? left, right: ANGLES[right] ?? right,
  });

  // \atopwithdelims and its like (`commands.js`): `size` is that of the line, "0pt" for none, "" for the usual one.
  function fraction(parser, [left, right, size], args) {
    const [written, number, unit] = /^(-?[0-9.]+)([a-z]{2})$/.exec(size) ?? [];
    if (size && !written) throw new katex.ParseError(`Invalid size: '${size}'`);
    const node = callFunction.call(parser, size === "0pt" ? "\\\\atopfrac" : "\\frac", args, []);
    return fenced({ ...node, barSize: size ? { number: Number(number), unit } : node.barSize }, left, right);
  }

  function mismatch(begun, ended, token) {
    return new katex.ParseError(`Mismatch: \\begin{${begun}} matched by \\end{${ended}}`, token);
  }

  // An environment inside another, or inside a pair of delimiters, has no numbers. In a line of text it has some where
  // it is the whole formula.
  function begin(parser, group, token, breakOn) {
    const name = nameOf(group);
    const open = (parser.environments ??= []);
    if (TRANSPARENT.has(name)) return hold(parser, name, open);
    if (name === "prooftree") {
      tex.proofs.read(parser.gullet, name, token);
      return parser.parseGroup(name);
    }
    if (tex.around.NAMES.has(name)) return tex.around.read(parser, name, token);
    if (PLACED.has(name)) skipPlace(parser.gullet);
    while (name === "multlined" && optional(parser.gullet)) continue; // its width
    const finish = READ[name]?.(parser.gullet, name, token) ?? FINISH[name];
    const count = PAIRED.has(name) ? readCount(parser.gullet, name) : 0;
    const { settings } = parser;
    const display = settings.displayMode;
    const alias = ALIASES[name];
    const nested = open.some((outer) => !TRANSPARENT.has(outer.name)) || parser.leftrightDepth > 0;
    numbers.claim();
    const numbered = numbers.enter(alias ?? name, nested);
    open.push({ name, alias });
    settings.displayMode = true;
    let result;
    try {
      result = callFunction.call(parser, "\\begin", [alias ? named(group, alias) : group], [], token, breakOn);
    } finally {
      settings.displayMode = display;
    }
    open.pop();
    numbers.leave(numbered, result, BLOCKS.has(name));
    if (count) pairs(result, count);
    else finish?.(result);
    const [left, right] = alias === "smallmatrix" ? FENCES[name[0]] ?? [] : [];
    return left ? { type: "leftright", mode: parser.mode, body: [result], left, right } : result;
  }

  function hold(parser, name, open) {
    open.push({ name });
    if (name === "spreadlines") parser.gullet.consumeArg(); // how far apart the rows are
    const counted = name === "subequations";
    if (counted) numbers.subequations();
    const body = parser.parseExpression(false, "\\end");
    if (counted) numbers.endSubequations();
    parser.expect("\\end", false);
    const token = parser.nextToken;
    const end = parser.parseFunction();
    if (end.name !== name) throw mismatch(name, end.name, token);
    open.pop();
    return { type: "ordgroup", mode: parser.mode, body, semisimple: true, held: true };
  }

  function skipPlace(gullet) {
    gullet.consumeSpaces();
    if (gullet.future().text !== "[") return;
    const tokens = [gullet.popToken(), gullet.popToken(), gullet.popToken()];
    if (!/^\[[tcb]\]$/.test(tokens.map((token) => token.text).join(""))) gullet.pushTokens(tokens.reverse());
  }

  // \\* is \\ in an environment.
  const parseSizeGroup = Parser.parseSizeGroup;
  Parser.parseSizeGroup = function (isOptional) {
    if (isOptional && this.gullet.future().text === "*") this.gullet.popToken();
    return parseSizeGroup.call(this, isOptional);
  };

  // ---- atoms -------------------------------------------------------------------------------------------------

  // \limits after anything: what stands before it becomes an operator. \mathop{x}_i has its limits below in a display.
  const parseGroup = Parser.parseGroup;
  Parser.parseGroup = function (name, breakOn) {
    const group = parseGroup.call(this, name, breakOn);
    if (name !== "atom" || this.mode !== "math" || !group || group.type === "internal") return group;
    if (group.type === "op" && group.body) group.limits = true;
    this.consumeSpaces();
    if (this.nextToken.text !== "\\limits" || group.type === "op") return group;
    if (group.type === "operatorname") return Object.assign(group, { alwaysHandleSupSub: true });
    return { type: "op", mode: "math", limits: true, parentIsSupSub: false, symbol: false, suppressBaseShift: false, body: [group] };
  };

  // x^\overline{a}: KaTeX wants braces. What goes on to the end of its group does need them.
  const OPEN_ENDED = /^\\(?:over|atop|choose|brace|brack|above|color|right|middle|begin|end|[a-z]*style|[a-z]*size|tiny|small|[lL]arge|LARGE|[hH]uge)$/;
  const FONT = /^\\(?:rm|it|bf|sf|tt|cal|frak|scr|mit|Bbb)$/; // k_\rm{B}: MathJax takes what follows as the script
  const parseFunction = Parser.parseFunction;
  Parser.parseFunction = function (breakOn, name) {
    const isScript = name === "superscript" || name === "subscript";
    if (isScript && FONT.test(this.fetch().text)) {
      const font = this.fetch();
      this.consume();
      return { type: "ordgroup", mode: this.mode, body: this.subparse([...this.gullet.consumeArg().tokens, font]) };
    }
    return parseFunction.call(this, breakOn, isScript && !OPEN_ENDED.test(this.fetch().text) ? "atom" : name);
  };

  // \text{R&D, 50% of max_iter}: MathJax takes it as it stands, so `%` begins no comment and `&` ends no cell.
  const parseArgumentGroup = Parser.parseArgumentGroup;
  Parser.parseArgumentGroup = function (isOptional, mode) {
    if (mode !== "text" || isOptional) return parseArgumentGroup.call(this, isOptional, mode);
    const { gullet } = this;
    const comment = gullet.lexer.catcodes["%"];
    gullet.consumeSpaces();
    gullet.lexer.setCatcode("%", 12);
    try {
      const { tokens, start, end } = gullet.consumeArg();
      let maths = false;
      for (let index = tokens.length - 1; index >= 0; index--) {
        const { text, loc } = tokens[index];
        if (text === "$") maths = !maths;
        else if (text === "&" && !maths) tokens[index] = new Token("\\&", loc);
      }
      gullet.pushToken(new Token("}", end.loc));
      gullet.pushTokens(tokens);
      gullet.pushToken(new Token("{", start.loc));
    } finally {
      gullet.lexer.setCatcode("%", comment);
    }
    return parseArgumentGroup.call(this, isOptional, mode);
  };

  // \color[RGB]{255,0,0}
  const MODELS = {
    rgb: (parts) => parts.map((part) => 255 * part),
    RGB: (parts) => parts,
    gray: ([part]) => [255 * part, 255 * part, 255 * part],
    cmyk: ([cyan, magenta, yellow, black]) => [cyan, magenta, yellow].map((ink) => 255 * (1 - ink) * (1 - black)),
    HTML: (_, written) => written.match(/[0-9a-f]{2}/gi)?.map((part) => parseInt(part, 16)) ?? [],
  };
  tex.colour = (model, written, place) => {
    const parts = MODELS[model]?.(written.split(",").map(Number), written) ?? [];
    if (parts.length !== 3 || !parts.every((part) => part >= 0 && part <= 255)) {
      throw new katex.ParseError(`Invalid color: '${written}'`, place);
    }
    return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
  };

  const parseColorGroup = Parser.parseColorGroup;
  Parser.parseColorGroup = function (isOptional) {
    const { gullet } = this;
    gullet.consumeSpaces();
    if (isOptional || gullet.future().text !== "[") return parseColorGroup.call(this, isOptional);
    const model = textOf(optional(gullet));
    const { tokens, start } = gullet.consumeArg();
    const color = tex.colour(model, textOf(tokens), start);
    return { type: "color-token", mode: this.mode, color };
  };
})();
