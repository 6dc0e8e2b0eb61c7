// What runs inside the JavaScript engine, after KaTeX and mhchem: formulas in, HTML or errors out, as JSON.
// Positions are counted in characters (code points), as Python counts them.

var mathblog = (() => {
  "use strict";

  // KaTeX writes notices to the console. All that matters comes back as an error; QuickJS has no console at all.
  globalThis.console = { log() {}, warn() {}, error() {} };

  const LINKS = ["http", "https", "mailto", "_relative"];
  const IMAGES = ["http", "https", "_relative"];

  class Refused extends Error {}

  function trust({ command, protocol, id }) {
    if (command === "\\htmlId") return id.startsWith("eq-");
    if (command === "\\includegraphics") return IMAGES.includes(protocol);
    return (command === "\\href" || command === "\\url") && LINKS.includes(protocol);
  }

  // KaTeX keeps its parser to itself, but hands it to a macro that is a function.
  function probe() {
    let gullet;
    katex.__parse("\\mathblog@probe", { macros: { "\\mathblog@probe": (it) => { gullet = it; return ""; } } });
    return gullet;
  }

  // KaTeX would colour a refused command red and say nothing; thrown, the refusal reaches the author.
  const Settings = Object.getPrototypeOf(probe().settings);
  const isTrusted = Settings.isTrusted;
  Settings.isTrusted = function (context) {
    if (!isTrusted.call(this, context)) throw new Refused(`Not trusted: ${context.command} ${context.url ?? ""}`.trim());
    return true;
  };

  // ---- habits of MathJax users -------------------------------------------------------------------------------

  function textOf(tokens) {
    return tokens.slice().reverse().map((token) => token.text).join("").trim(); // KaTeX keeps arguments reversed
  }

  function isNext(gullet, text) {
    gullet.consumeSpaces();
    if (gullet.future().text !== text) return false;
    gullet.popToken();
    return true;
  }

  // \newcommand{\R}: KaTeX predefines \R and refuses; MathJax replaces. \newcommand{\x}[2][default]: KaTeX takes
  // the default for the body. `keep` is \providecommand.
  function command(keep) {
    return (gullet) => {
      isNext(gullet, "*");
      const names = gullet.consumeArg().tokens;
      const name = names.length === 1 ? names[0].text : "";
      if (name.length < 2 || name[0] !== "\\") {
        throw new katex.ParseError("\\newcommand's first argument must be a macro name", names[0]);
      }
      const count = isNext(gullet, "[") ? textOf(gullet.consumeArg(["]"]).tokens) : "0";
      if (!/^[0-9]$/.test(count)) throw new katex.ParseError(`Invalid number of arguments: ${count}`, names[0]);
      const fallback = Number(count) > 0 && isNext(gullet, "[") ? gullet.consumeArg(["]"]).tokens : null;
      const body = { tokens: gullet.consumeArg().tokens, numArgs: Number(count) };
      if (!(keep && gullet.isDefined(name))) {
        gullet.macros.set(name, fallback ? withOptional(body, fallback, names[0].constructor) : body);
      }
      return "";
    };
  }

  function withOptional(body, fallback, Token) {
    return (gullet) => {
      const first = isNext(gullet, "[") ? gullet.consumeArg(["]"]).tokens : fallback;
      gullet.pushTokens([new Token("}"), ...first, new Token("{")]);
      return body;
    };
  }

  katex.__defineMacro("\\newcommand", command(false));
  katex.__defineMacro("\\renewcommand", command(false));
  katex.__defineMacro("\\providecommand", command(true));
  katex.__defineMacro("\\DeclareMathOperator", "\\@ifstar\\mathblog@limits\\mathblog@operator");
  katex.__defineMacro("\\mathblog@operator", "\\def#1{\\operatorname{#2}}");
  katex.__defineMacro("\\mathblog@limits", "\\def#1{\\operatornamewithlimits{#2}}");
  katex.__defineMacro("\\mbox", "\\hbox");

  // ---- rendering ---------------------------------------------------------------------------------------------

  function settings(display, macros) {
    return {
      displayMode: display, macros, trust,
      output: "htmlAndMathml", throwOnError: true, strict: "ignore", maxSize: 50, maxExpand: 1000,
    };
  }

  // Fresh macros for each formula: KaTeX writes into the object. The prelude is parsed apart from the formula, so
  // that positions stay positions of the formula's own TeX.
  function renderOne([tex, display, prelude], macros) {
    const own = { ...macros };
    try {
      if (prelude) katex.__parse(prelude, { ...settings(true, own), globalGroup: true });
    } catch (error) {
      return describe(error, "");
    }
    try {
      return [katex.renderToString(tex, settings(display, own))];
    } catch (error) {
      return describe(error, tex);
    }
  }

  function describe(error, tex) {
    if (error instanceof Refused) return [error.message, -1, 0];
    if (!(error instanceof katex.ParseError)) return [`${error.name}: ${error.message}`, -1, 0];
    const start = error.position ?? -1;
    const end = start + (error.length ?? 0);
    if (start < 0 || !error.message.endsWith(context(tex, start, end))) return [error.rawMessage, -1, 0];
    const before = Array.from(tex.slice(0, start)).length;
    return [error.rawMessage, before, Array.from(tex.slice(start, end)).length];
  }

  // The end of KaTeX's message, made from `tex`: a position in the body of a macro defined elsewhere is a position
  // in that text, and KaTeX does not say which text it means.
  function context(tex, start, end) {
    const place = start === tex.length ? " at end of input: " : ` at position ${start + 1}: `;
    const left = start > 15 ? `…${tex.slice(start - 15, start)}` : tex.slice(0, start);
    const right = end + 15 < tex.length ? `${tex.slice(end, end + 15)}…` : tex.slice(end);
    return place + left + tex.slice(start, end).replace(/[^]/g, "$&\u0332") + right;
  }

  let finished = [];

  return {
    // Renders formulas in order until `budget` milliseconds are over, at least one.
    render(request) {
      const { formulas, macros, budget } = JSON.parse(request);
      const start = Date.now();
      finished = [];
      for (const formula of formulas) {
        finished.push(renderOne(formula, macros));
        if (Date.now() - start > budget) break;
      }
      return JSON.stringify(finished);
    },

    // What the last call of `render` had done when it was stopped.
    finished() {
      return JSON.stringify(finished);
    },

    // Which of the names are commands, and which environments.
    known(request) {
      const { commands, environments } = JSON.parse(request);
      const gullet = probe();
      const isEnvironment = (name) => {
        try {
          katex.__parse(`\\begin{${name}}\\end{${name}}`, { displayMode: true });
        } catch (error) {
          return !error.rawMessage.startsWith("No such environment");
        }
        return true;
      };
      return JSON.stringify([commands.filter((name) => gullet.isDefined(name)), environments.filter(isEnvironment)]);
    },
  };
})();
