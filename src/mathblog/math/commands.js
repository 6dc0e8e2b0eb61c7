// Commands that MathJax has and KaTeX lacks, by what they show. Those that only serve scripts or style sheets
// (\cssId, \class, \style) show their content.

(() => {
  "use strict";

  const { Token, textOf, optional, wrap } = tex;

  const isBraced = (gullet) => (gullet.consumeSpaces(), gullet.future().text === "{");
  const SHORT = {
    "\\mbox": "\\hbox",
    "\\textsc": "\\textrm",
    "\\textsl": "\\textit",
    "\\mathbbm": "\\mathbb",
    "\\mathds": "\\mathbb",
    "\\scr": "\\mathscr",
    "\\mit": "\\mathit",
    "\\oldstyle": "",
    "\\Tiny": "\\tiny",
    "\\strut": "\\mathstrut",
    "\\ensuremath": "#1",
    "\\cssId": "{\\@secondoftwo{#1}{#2}}",
    "\\class": "{\\@secondoftwo{#1}{#2}}",
    "\\style": "{\\@secondoftwo{#1}{#2}}",
    "\\mathtip": "{\\@firstoftwo{#1}{#2}}",
    "\\texttip": "{\\@firstoftwo{#1}{#2}}",
    "\\mspace": "\\mskip{#1}",
    "\\Rule": "\\@firstoftwo{\\rule{#1}{#2}}{#3}",
    "\\Space": "\\@firstoftwo{\\hspace{#1}}{#2#3}",
    "\\hfil": "",
    "\\hfill": "",
    "\\skew": "\\@secondoftwo{#1}{#2{#3}}",
    "\\overparen": "\\overgroup",
    "\\underparen": "\\undergroup",
    "\\sideset": "\\mathop{{\\vphantom{#3}}#1\\mathop{#3}\\nolimits#2}",
    "\\iiiint": "\\mathop{\\iint\\!\\!\\!\\iint}\\nolimits",
    "\\idotsint": "\\mathop{\\int\\!\\cdots\\!\\int}\\nolimits",
    "\\iddots": "\\html@mathml{\\mathinner{\\kern1mu\\raisebox{1pt}{.}\\kern2mu\\raisebox{4pt}{.}\\kern2mu\\raisebox{7pt}{.}\\kern1mu}}{\\char\"22F0{}}",
    "\\ncong": "\\html@mathml{\\@ncong}{\\mathrel{\\char\"2247{}}}", // the sign of KaTeX's glyph is another one
    "\\adots": "\\iddots",
    "\\Arrowvert": "\\Vert",
    "\\arrowvert": "\\vert",
    "\\bracevert": "\\vert",
    "\\intertext": "\\notag\\rlap{\\text{#1}}\\\\\\relax",
    "\\shortintertext": "\\intertext",
    "\\splitfrac": "\\genfrac{}{}{0pt}1{#1\\hfill}{\\hfill #2}",
    "\\splitdfrac": "\\genfrac{}{}{0pt}0{#1\\hfill}{\\hfill #2}",
    "\\prescript": "{\\vphantom{#3}}^{#1}_{#2}{#3}",
    "\\bigtimes": "\\mathop{\\vcenter{\\huge\\times}}",
    "\\MoveEqLeft": "\\relax",
    "\\adjustlimits": "",
    "\\Braket": "\\bra@ket{\\left\\langle}{\\,\\middle\\vert\\,}{\\,\\middle\\Vert\\,}{\\right\\rangle}", // `||` is two bars
    "\\ketbra": "\\vert #1\\rangle\\langle #2\\vert ",
    "\\Ketbra": "\\left\\vert #1\\middle\\rangle\\middle\\langle #2\\right\\vert ",
    // rows of \multline; MathJax needs no braces around the row
    "\\shoveleft": (gullet) => (optional(gullet), isBraced(gullet) ? "#1\\kern4em " : ""),
    "\\shoveright": (gullet) => (optional(gullet), isBraced(gullet) ? "\\kern4em #1" : "\\kern4em "),
  };
  for (const [name, body] of Object.entries(SHORT)) katex.__defineMacro(name, body);
  katex.__defineSymbol("math", "ams", "rel", "\u2246", "\\@ncong");

  // \rlap{\perp}: a formula, as MathJax takes it; a text where LaTeX's way shows (\rlap{$\perp$}).
  for (const lap of ["llap", "rlap", "clap"]) {
    katex.__defineMacro(`\\${lap}`, (gullet) => {
      const { tokens } = gullet.consumeArg();
      const isText = gullet.mode === "text" || tokens.some(({ text }) => text === "$");
      return wrap([`\\math${lap}`, "{", ...(isText ? ["\\textrm"] : []), "{"], tokens, ["}", "}"]);
    });
  }

  // mathtools: \DeclarePairedDelimiter{\norm}{\lVert}{\rVert} defines \norm{x}, \norm*{x}, \norm[\big]{x}. The X form has a number of
  // arguments and a body, in which \delimsize is the size of the delimiters; the XPP form also what stands before and behind.
  const paired = (hasBody, hasSides = false) => (gullet) => {
    const name = gullet.consumeArg().tokens[0];
    if (name?.text[0] !== "\\") throw new katex.ParseError("\\DeclarePairedDelimiter wants a name", name);
    const count = hasBody ? Number(textOf(optional(gullet) ?? [new Token("1")])) : 1;
    const first = hasSides ? gullet.consumeArg().tokens : [];
    const [open, close] = [gullet.consumeArg().tokens, gullet.consumeArg().tokens];
    const last = hasSides ? gullet.consumeArg().tokens : [];
    const body = hasBody ? gullet.consumeArg().tokens : [new Token("1"), new Token("#")];
    gullet.macros.set(name.text, (inner) => {
      const star = tex.isNext(inner, "*");
      const size = star ? null : optional(inner);
      const before = (side, sign) => [...sign, ...(star ? [new Token(side)] : (size ?? []).map((it) => new Token(`${it.text}${side[1]}`)))];
      inner.macros.set("\\delimsize", { tokens: star ? [new Token("\\middle")] : size ?? [], numArgs: 0 });
      const inside = [...before("\\right", close), ...body, ...before("\\left", open)];
      return { tokens: [...last, ...inside, ...first], numArgs: count };
    });
    return "";
  };
  katex.__defineMacro("\\DeclarePairedDelimiter", paired(false));
  katex.__defineMacro("\\DeclarePairedDelimiterX", paired(true));
  katex.__defineMacro("\\DeclarePairedDelimiterXPP", paired(true, true));

  // {n \atopwithdelims () k}: a fraction in delimiters, with a line (`above`: of a given thickness) or without.
  for (const [name, thickness] of [["over", ""], ["atop", "0pt"], ["above", null]]) {
    katex.__defineFunction({
      type: "mathblog-withdelims", names: [`\\${name}withdelims`], numArgs: 0, infix: true,
      handler({ parser, token }) {
        const { gullet } = parser;
        const delimiter = () => (gullet.consumeSpaces(), gullet.popToken().text);
        const [open, close] = [delimiter(), delimiter()];
        return { type: "infix", mode: parser.mode, replaceWith: `\\genfrac ${open} ${close} ${thickness ?? dimension(gullet)}`, token };
      },
    });
  }

  // Plain TeX's, with an argument between delimiters.
  const plain = {};
  katex.__parse("\\def\\buildrel#1\\over#2{\\mathrel{\\mathop{#2}\\limits^{#1}}}\\def\\root#1\\of#2{\\sqrt[#1]{#2}}", {
    macros: plain, globalGroup: true,
  });
  for (const [name, body] of Object.entries(plain)) katex.__defineMacro(name, body);

  // ... and those whose argument holds rows: \matrix{a & b \cr c & d}.
  const ROWS = {
    array: "matrix", matrix: "matrix", pmatrix: "pmatrix", cases: "cases",
    displaylines: "gathered", eqalign: "aligned", eqalignno: "aligned", leqalignno: "aligned",
  };
  for (const [name, environment] of Object.entries(ROWS)) {
    const begin = ["\\begin", "{", ...environment, "}"];
    const end = ["\\end", "{", ...environment, "}"];
    katex.__defineMacro(`\\${name}`, (gullet) => wrap(begin, gullet.consumeArg().tokens, end));
  }

  // What is written as a length next: {2pt}, =2pt, -.5ex.
  const dimension = (gullet) => {
    const written = [];
    gullet.consumeSpaces();
    if (gullet.future().text === "{") return textOf(gullet.consumeArg().tokens).replace(/ /g, "");
    if (gullet.future().text === "=") gullet.popToken();
    while (written.length < 12 && /^[-+0-9. a-z]$/.test(gullet.future().text) && !/[a-z]{2}$/.test(written.join(""))) {
      written.push(gullet.popToken().text);
    }
    return written.join("").replace(/ /g, "");
  };
  const box = (gullet) => {
    gullet.consumeSpaces();
    const command = gullet.future().text[0] === "\\" ? [gullet.popToken()] : [];
    return [new Token("}"), ...gullet.consumeArg().tokens, new Token("{"), ...command];
  };
  const minus = (size) => `-${size}`.replace("--", "");

  // \raise 2pt {x}, \raise{2pt}{x}, \lower.5ex\hbox{x}
  for (const [name, sized] of [["\\raise", String], ["\\lower", minus]]) {
    katex.__defineMacro(name, (gullet) => wrap(["\\raisebox", "{", ...sized(dimension(gullet)), "}", "{", "$"], box(gullet), ["$", "}"]));
  }
  // \moveleft 1em {x}
  for (const [name, sized, back] of [["\\moveleft", minus, String], ["\\moveright", String, minus]]) {
    katex.__defineMacro(name, (gullet) => {
      const size = dimension(gullet);
      return wrap(["\\kern", "{", ...sized(size), "}"], box(gullet), ["\\kern", "{", ...back(size), "}"]);
    });
  }
  // lengths of a page
  for (const name of ["minCDarrowwidth", "minCDarrowheight", "hsize"]) katex.__defineMacro(`\\${name}`, (gullet) => (dimension(gullet), ""));

  // \unicode[font]{x263A}, \unicode{9786}
  katex.__defineMacro("\\unicode", (gullet) => {
    while (optional(gullet)) continue; // height and depth, font
    const argument = gullet.consumeArg();
    const code = textOf(argument.tokens).replace(/^x/i, "0x");
    const number = /^(0x[0-9a-f]{1,6}|[0-9]{1,7})$/i.test(code) ? Number(code) : -1;
    if (number < 0 || number > 0x10ffff) throw new katex.ParseError(`Invalid number: ${code}`, argument.start);
    return `\\char"${number.toString(16).toUpperCase()} `;
  });

  // \bbox[yellow, 5px, border: 2px solid red]{x}: the colours and the frame, no padding.
  katex.__defineMacro("\\bbox", (gullet) => {
    const wishes = textOf(optional(gullet) ?? []).split(/[,;]/).map((wish) => wish.trim());
    const frame = wishes.find((wish) => wish.startsWith("border"));
    const colour = wishes.find((wish) => /^(#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]+)$/i.test(wish));
    const lines = frame && (/#[0-9a-f]{3,6}\b|\b(?!border|px|pt|em|solid|dashed|dotted)[a-z]+$/i.exec(frame) ?? ["currentcolor"])[0];
    const content = gullet.consumeArg().tokens;
    if (!frame && !colour) return { tokens: [new Token("}"), ...content, new Token("{")], numArgs: 0 };
    const box = frame ? ["\\fcolorbox", "{", ...lines, "}"] : ["\\colorbox"];
    return wrap([...box, "{", ...(colour ?? "transparent"), "}", "{", "$", "\\displaystyle", "{"], content, ["}", "$", "}"]);
  });

  // \enclose{circle,updiagonalstrike}{x}
  const NOTATIONS = {
    box: "\\boxed", roundedbox: "\\boxed", circle: "\\boxed", top: "\\overline", bottom: "\\underline",
    updiagonalstrike: "\\cancel", downdiagonalstrike: "\\bcancel", horizontalstrike: "\\sout", radical: "\\sqrt",
    longdiv: "\\overline", actuarial: "\\overline",
  };
  katex.__defineMacro("\\enclose", (gullet) => {
    const notations = textOf(gullet.consumeArg().tokens).split(/[\s,]+/);
    optional(gullet); // attributes
    const commands = notations.map((name) => NOTATIONS[name]).filter(Boolean);
    return wrap(commands.flatMap((name) => [name, "{"]), gullet.consumeArg().tokens, commands.map(() => "}"));
  });

  // MathJax takes the argument of \text as it stands.
  for (const sign of ["#", "_", "^", "%"]) katex.__defineSymbol("text", "main", "textord", sign, sign);
})();
