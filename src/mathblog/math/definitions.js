// Definitions as MathJax reads them: \newcommand replaces what is there, and knows default arguments.
// Runs after KaTeX; what it gives to the other scripts is `tex`.

var tex = (() => {
  "use strict";

  // KaTeX writes notices to the console. All that matters comes back as an error; QuickJS has no console at all.
  globalThis.console = { log() {}, warn() {}, error() {} };

  // KaTeX keeps its parser to itself, but hands it to a function; its prototype is what the scripts extend.
  let parser;
  katex.__defineFunction({
    type: "internal",
    names: ["\\mathblog@parser"],
    numArgs: 0,
    handler: (context) => { parser = context.parser; return { type: "internal", mode: parser.mode }; },
  });
  katex.__parse("\\mathblog@parser", {});
  const Token = Object.getPrototypeOf(parser.gullet.future()).constructor;

  // An element of MathML, whose class KaTeX does not name either.
  const [mathml] = katex.__renderToDomTree("x", { output: "mathml" }).children;
  const { constructor: MathNode } = mathml.children[0] ?? mathml;

  // A macro that hands on more than it was given grows faster than the number of macros, which KaTeX counts.
  const PUSHED = 1e6;
  const PUSHED_A_CHARACTER = 100; // of the formula
  const Gullet = Object.getPrototypeOf(parser.gullet);
  const pushTokens = Gullet.pushTokens;
  Gullet.pushTokens = function (tokens) {
    this.pushed = (this.pushed ?? 0) + tokens.length;
    if (this.pushed > PUSHED + PUSHED_A_CHARACTER * this.lexer.input.length) {
      throw new katex.ParseError("Too many expansions: infinite loop or need to increase maxExpand setting");
    }
    pushTokens.call(this, tokens);
  };

  // KaTeX keeps arguments reversed.
  function textOf(tokens) {
    return tokens.slice().reverse().map((token) => token.text).join("").trim();
  }

  function isNext(gullet, text) {
    gullet.consumeSpaces();
    if (gullet.future().text !== text) return false;
    gullet.popToken();
    return true;
  }

  // What stands in brackets next, null where nothing does.
  function optional(gullet) {
    return isNext(gullet, "[") ? gullet.consumeArg(["]"]).tokens : null;
  }

  // Tokens to be read between `before` and `after`, which are texts of tokens.
  function wrap(before, tokens, after) {
    return {
      tokens: [...after.map((text) => new Token(text)).reverse(), ...tokens, ...before.map((text) => new Token(text)).reverse()],
      numArgs: 0,
    };
  }

  // The name that a definition gives. MathJax takes one without its backslash: \newcommand{iid}{…} defines \iid.
  function readName(gullet, command) {
    const { tokens, start } = gullet.consumeArg();
    const written = textOf(tokens);
    if (/^(?:[a-zA-Z]+|[^\\{}#%$&])$/.test(written)) return `\\${written}`;
    if (tokens.filter((token) => token.text !== " ").length === 1 && /^\\./.test(written)) return written;
    throw new katex.ParseError(`${command}'s first argument must be a macro name`, start);
  }

  // \newcommand{\R}: KaTeX predefines \R and refuses; MathJax replaces. \newcommand{\x}[2][default]: KaTeX takes
  // the default for the body. `keep` is \providecommand.
  function command(keep) {
    return (gullet) => {
      isNext(gullet, "*");
      const name = readName(gullet, "\\newcommand");
      const count = textOf(optional(gullet) ?? [new Token("0")]);
      if (!/^[0-9]$/.test(count)) throw new katex.ParseError(`Invalid number of arguments: ${count}`);
      const fallback = Number(count) > 0 ? optional(gullet) : null;
      const body = { tokens: gullet.consumeArg().tokens, numArgs: Number(count) };
      if (!(keep && gullet.isDefined(name))) gullet.macros.set(name, fallback ? withOptional(body, fallback) : body);
      return "";
    };
  }

  function withOptional(body, fallback) {
    return (gullet) => {
      gullet.pushTokens([new Token("}"), ...(optional(gullet) ?? fallback), new Token("{")]);
      return body;
    };
  }

  function operator(gullet) {
    const shown = isNext(gullet, "*") ? "\\operatornamewithlimits" : "\\operatorname";
    const name = readName(gullet, "\\DeclareMathOperator");
    gullet.macros.set(name, wrap([shown, "{"], gullet.consumeArg().tokens, ["}"]));
    return "";
  }

  // \NewDocumentCommand{\x}{O{a} m o s}{…}: arguments by their letters, as LaTeX's `ltcmd` names them.
  function documentCommand(gullet) {
    const name = readName(gullet, "\\NewDocumentCommand");
    const { tokens, start } = gullet.consumeArg();
    const kinds = [...textOf(tokens).replace(/[\s+]/g, "").matchAll(/([moOs])(?:\{((?:[^{}]|\{[^{}]*\})*)\})?/g)];
    const isKnown = kinds.map(([whole]) => whole).join("") === textOf(tokens).replace(/[\s+]/g, "") && kinds.length <= 9;
    if (!isKnown) throw new katex.ParseError(`Only m, o, O{…} and s are known of the arguments of \\NewDocumentCommand`, start);
    const body = { tokens: gullet.consumeArg().tokens, numArgs: kinds.length };
    const read = (inner, [, kind, fallback]) => {
      if (kind === "m") return inner.consumeArg().tokens;
      if (kind === "s") return [new Token(isNext(inner, "*") ? TRUE : FALSE)];
      return optional(inner) ?? (kind === "o" ? [new Token(NO_VALUE)] : Array.from(fallback ?? "", (sign) => new Token(sign)).reverse());
    };
    gullet.macros.set(name, (inner) => {
      const given = kinds.map((kind) => read(inner, kind));
      for (const part of given.reverse()) inner.pushTokens([new Token("}"), ...part, new Token("{")]);
      return body;
    });
    return "";
  }

  const [TRUE, FALSE, NO_VALUE] = ["\\BooleanTrue", "\\BooleanFalse", "\\NoValue"];
  for (const name of [TRUE, FALSE, NO_VALUE]) katex.__defineMacro(name, "");
  for (const [test, value, holds] of [["IfBoolean", TRUE, true], ["IfNoValue", NO_VALUE, true], ["IfValue", NO_VALUE, false]]) {
    for (const branches of ["TF", "T", "F"]) {
      katex.__defineMacro(`\\${test}${branches}`, (gullet) => {
        const isSo = (textOf(gullet.consumeArg().tokens) === value) === holds;
        const yes = branches === "F" ? [] : gullet.consumeArg().tokens;
        const no = branches === "T" ? [] : gullet.consumeArg().tokens;
        return { tokens: isSo ? yes : no, numArgs: 0 };
      });
    }
  }
  for (const verb of ["New", "Renew", "Declare", "Provide"]) katex.__defineMacro(`\\${verb}DocumentCommand`, documentCommand);

  katex.__defineMacro("\\newcommand", command(false));
  katex.__defineMacro("\\renewcommand", command(false));
  katex.__defineMacro("\\providecommand", command(true));
  katex.__defineMacro("\\DeclareMathOperator", operator);

  return {
    Parser: Object.getPrototypeOf(parser), Settings: Object.getPrototypeOf(parser.settings),
    Macros: Object.getPrototypeOf(parser.gullet.macros), Token, MathNode, textOf, optional, wrap, isNext, withOptional, packages: {},
  };
})();
