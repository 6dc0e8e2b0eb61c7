// Displays with something around their rows: numcases and subnumcases of the package `cases`, empheq of the package `empheq`.

tex.around = (() => {
  "use strict";

  const { Token, textOf, optional, numbers } = tex;
  const signs = (...texts) => texts.map((text) => new Token(text));
  const ordered = (tokens) => tokens.slice().reverse(); // KaTeX keeps them reversed
  const NAMES = new Set(["numcases", "subnumcases", "empheq"]);

  // `array` is the numbered display inside; it is found again by `around` (`numbers.js`).
  const fenced = (mode, array, [before, left, inner], [last, right, behind]) => {
    const fence = left === "." && right === "." ? [...inner, array, ...last] : [{ type: "leftright", mode, body: [...inner, array, ...last], left, right }];
    return { type: "ordgroup", mode, body: [...before, ...fence, ...behind], around: array };
  };

  // An environment with its content, reversed as KaTeX keeps tokens.
  const environment = (name, argument, content) => [
    ...signs("\\end", "{", ...name, "}").reverse(), ...content, ...signs("\\begin", "{", ...name, "}", ...argument).reverse(),
  ];

  // \begin{numcases}{f(x)=} 1 & if $x>0$ \\ 0 & otherwise \end{numcases}: each row has a number, and its second cell is text.
  function cases(parser, name, begin) {
    const { gullet } = parser;
    optional(gullet);
    const sub = name === "subnumcases";
    if (sub) numbers.subequations();
    const left = parser.subparse(gullet.consumeArg().tokens);
    const { tokens } = tex.columns.content(gullet, name, begin);
    const [array] = parser.subparse(environment(INNER, [], tokens));
    if (sub) numbers.endSubequations();
    return fenced(parser.mode, array, [left, "\\{", []], [[], ".", []]);
  }
  const INNER = Array.from("rows of cases"); // nobody can write it

  // The columns of those rows, made of `align`.
  function finish(array) {
    for (const row of array.body) for (const cell of row.slice(1)) cell.body[0].body.shift(); // `align` begins it as a relation
    array.cols = [0, 1].map((index) => ({ type: "align", align: "l", pregap: index, postgap: 0 }));
    array.colSeparationType = "alignat";
  }

  // ---- empheq ------------------------------------------------------------------------------------------------

  const DELIMITERS = {
    lbrace: "\\{", rbrace: "\\}", lbrack: "[", rbrack: "]", langle: "\\langle", rangle: "\\rangle", lparen: "(", rparen: ")", lvert: "\\lvert",
    rvert: "\\rvert", lVert: "\\lVert", rVert: "\\rVert", lfloor: "\\lfloor", rfloor: "\\rfloor", lceil: "\\lceil", rceil: "\\rceil",
  };
  const ANGLES = { "<": "\\langle", ">": "\\rangle" };
  const PASSED_OVER = new Set(["marginleft", "marginright", "margin", "innermargin", "outermargin", "overload", "ntheorem"]);

  // [left={f=\empheqlbrace}, box=\fbox]: the tokens of each key, in their order.
  function readOptions(tokens, place) {
    const found = {};
    const parts = [[]];
    let depth = 0;
    for (const token of tokens) {
      depth += (token.text === "{") - (token.text === "}");
      if (token.text === "," && !depth) parts.push([]);
      else parts.at(-1).push(token);
    }
    for (const part of parts.filter((it) => it.some(({ text }) => text.trim()))) {
      const equals = part.findIndex(({ text }) => text === "=");
      const key = part.slice(0, equals < 0 ? undefined : equals).map(({ text }) => text).join("").trim();
      const value = equals < 0 ? [] : part.slice(equals + 1);
      while (value[0]?.text === " ") value.shift();
      while (value.at(-1)?.text === " ") value.pop();
      const isGroup = value[0]?.text === "{" && value.at(-1)?.text === "}";
      if (["left", "right", "box", "innerbox", "outerbox"].includes(key)) found[key] = isGroup ? value.slice(1, -1) : value;
      else if (!PASSED_OVER.has(key)) throw new katex.ParseError(`empheq has no option \`${key}\``, place);
    }
    return found;
  }

  // What stands before and behind the delimiter of a side, and the delimiter, "." for none.
  function side(parser, tokens, letter) {
    const at = tokens.findIndex(({ text }) => text.startsWith("\\empheq"));
    const parse = (part) => (part.length ? parser.subparse(ordered(part)) : []);
    if (at < 0) return letter === "l" ? [parse(tokens), ".", []] : [[], ".", parse(tokens)];
    const name = tokens[at].text.replace(/^\\empheq(?:big)?/, "");
    const isBare = name === "l" || name === "r"; // \empheql( names its delimiter
    const delimiter = isBare ? ANGLES[tokens[at + 1]?.text] ?? tokens[at + 1]?.text : DELIMITERS[name];
    if (!delimiter) throw new katex.ParseError(`Undefined control sequence: ${tokens[at].text}`, tokens[at]);
    return [parse(tokens.slice(0, at)), delimiter, parse(tokens.slice(at + 1 + isBare))];
  }

  // \begin{empheq}[left=\empheqlbrace]{align} … \end{empheq}; {alignat=2} is the environment with its number of pairs.
  function empheq(parser, name, begin) {
    const { gullet } = parser;
    const written = ordered(optional(gullet) ?? []);
    const options = readOptions(written, begin);
    const [inner, count] = textOf(gullet.consumeArg().tokens).split("=");
    const { tokens } = tex.columns.content(gullet, name, begin);
    const [array] = parser.subparse(environment(inner.trim(), count ? ["{", ...count.trim(), "}"] : [], tokens));
    if (array?.type !== "array") throw new katex.ParseError(`empheq knows no environment \`${inner}\``, begin);
    const held = fenced(parser.mode, array, side(parser, options.left ?? [], "l"), side(parser, options.right ?? [], "r"));
    const box = options.box ?? options.outerbox ?? options.innerbox;
    return box ? { ...held, body: boxed(parser, box, held.body) } : held;
  }

  // A tree as the argument of a command that takes a text, such as \fbox.
  let given = [];
  katex.__defineFunction({
    type: "mathblog-inside", names: ["\\mathblog@inside"], numArgs: 0, allowedInText: true,
    handler: ({ parser }) => ({ type: "ordgroup", mode: parser.mode, body: given }),
  });
  function boxed(parser, box, body) {
    given = body;
    return parser.subparse(ordered([...box, ...signs("{", "\\text", "{", "$", "\\displaystyle", "\\mathblog@inside", "$", "}", "}")]));
  }

  const read = (parser, name, begin) => (name === "empheq" ? empheq : cases)(parser, name, begin);
  return { NAMES, INNER: INNER.join(""), finish, read };
})();
