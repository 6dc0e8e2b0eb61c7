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

  // \newcommand{\R}: KaTeX predefines \R and refuses; MathJax replaces. \newcommand{\x}[2][default]: KaTeX takes
  // the default for the body. `keep` is \providecommand.
  function command(keep) {
    return (gullet) => {
      isNext(gullet, "*");
      const names = gullet.consumeArg().tokens.filter((token) => token.text !== " ");
      const name = names.length === 1 ? names[0].text : "";
      if (name.length < 2 || name[0] !== "\\") {
        throw new katex.ParseError("\\newcommand's first argument must be a macro name", names[0]);
      }
      const count = textOf(optional(gullet) ?? [new Token("0")]);
      if (!/^[0-9]$/.test(count)) throw new katex.ParseError(`Invalid number of arguments: ${count}`, names[0]);
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

  katex.__defineMacro("\\newcommand", command(false));
  katex.__defineMacro("\\renewcommand", command(false));
  katex.__defineMacro("\\providecommand", command(true));
  katex.__defineMacro("\\DeclareMathOperator", "\\@ifstar\\mathblog@limits\\mathblog@operator");
  katex.__defineMacro("\\mathblog@operator", "\\def#1{\\operatorname{#2}}");
  katex.__defineMacro("\\mathblog@limits", "\\def#1{\\operatornamewithlimits{#2}}");

  return {
    Parser: Object.getPrototypeOf(parser), Settings: Object.getPrototypeOf(parser.settings),
    Macros: Object.getPrototypeOf(parser.gullet.macros), Token, textOf, optional, wrap, isNext, number: "ams", packages: {},
  };
})();
