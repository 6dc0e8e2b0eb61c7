// What runs inside the JavaScript engine, last: formulas in, HTML or errors out, as JSON.
// Positions are counted in characters (code points), as Python counts them.

var mathblog = (() => {
  "use strict";

  const LINKS = ["http", "https", "mailto", "_relative"];
  const IMAGES = ["http", "https", "_relative"];

  class Refused extends Error {}

  function trust({ command, protocol, id }) {
    if (command === "\\htmlId") return id.startsWith("eq-");
    if (command === "\\includegraphics") return IMAGES.includes(protocol);
    return (command === "\\href" || command === "\\url") && LINKS.includes(protocol);
  }

  // KaTeX would colour a refused command red and say nothing; thrown, the refusal reaches the author.
  const { Settings, numbers } = tex;
  const { isTrusted } = Settings;
  Settings.isTrusted = function (context) {
    if (!isTrusted.call(this, context)) throw new Refused(`Not trusted: ${context.command} ${context.url ?? ""}`.trim());
    return true;
  };

  // ---- rendering ---------------------------------------------------------------------------------------------

  // MathJax gives up after 10,000 macros; what a text of its own length expands is no endless recursion.
  const EXPANSIONS = 10000;

  function settings(display, macros, source) {
    return {
      displayMode: display, macros, trust, colorIsTextColor: vocabulary.colour,
      output: "htmlAndMathml", throwOnError: true, strict: "ignore", maxSize: 50, maxExpand: EXPANSIONS + source.length,
    };
  }

  // The site's definitions, read once: macros by name. One that cannot be read stays undefined, and is reported where
  // it is used.
  let vocabulary = { key: "", macros: {}, colour: false };

  function learn({ definitions, macros, colour, packages }) {
    const key = JSON.stringify([definitions, macros, colour, packages]);
    if (vocabulary.key === key) return;
    const own = Object.assign({}, ...packages.map((name) => tex.packages[name]));
    vocabulary = { key, macros: own, colour };
    before = { prelude: "", macros: own };
    for (const definition of definitions) {
      try {
        katex.__parse(definition, { ...settings(true, own, definition), globalGroup: true });
      } catch {
        continue;
      }
    }
    Object.assign(own, macros);
  }

  // The macros after the last prelude: the next one often begins with it.
  let before = { prelude: "", macros: {} };

  // Fresh macros for each formula: KaTeX writes into the object. The prelude is parsed apart from the formula, so
  // that positions stay positions of the formula's own TeX.
  function macrosAfter(prelude) {
    if (!prelude) return { ...vocabulary.macros };
    const isLonger = prelude.startsWith(before.prelude) && ["", "\n"].includes(prelude.charAt(before.prelude.length));
    if (!isLonger) before = { prelude: "", macros: vocabulary.macros };
    const rest = withoutControls(prelude.slice(before.prelude.length));
    const macros = { ...before.macros };
    katex.__parse(rest, { ...settings(true, macros, rest), globalGroup: true });
    before = { prelude, macros };
    return { ...macros };
  }

  function renderOne([written, display, prelude]) {
    const source = withoutControls(written);
    let own;
    try {
      own = macrosAfter(prelude);
    } catch (error) {
      return describe(error, "");
    }
    try {
      const [html, numbering] = numbers.render(source, settings(display, own, source));
      const parts = numbers.cut(display ? html : withScrolling(html)).map((part) => (source === written ? part : withSource(part, written)));
      return numbering ? [parts, numbers.inCharacters(numbering, source, written)] : [parts];
    } catch (error) {
      const refusal = describe(error, source);
      return source === written ? refusal : placeIn(written, refusal);
    }
  }

  // In a line of text a piece that may be wider than a telephone scrolls by itself; a page never does. A matrix cannot be broken.
  const PIECE = '<span class="katex-base"';
  const LONG = 700; // characters of HTML, which no short piece has
  const WIDE = 16; // signs and spaces

  function withScrolling(html) {
    if (html.length - html.indexOf(PIECE) < LONG) return html;
    const [before, ...pieces] = html.split(PIECE);
    return before + pieces.map((piece) => {
      const end = piece.length < LONG ? 0 : endOfPiece(piece);
      const content = piece.slice(0, end);
      const width = content.replace(/^[^>]*>|<[^>]*>|\u200b/g, "").length + content.split('"mspace').length - 1;
      return width < WIDE ? PIECE + piece : `<span class="katex-wide">${PIECE}${content}</span>${piece.slice(end)}`;
    }).join("");
  }

  function endOfPiece(piece) {
    let depth = 1;
    for (const { 0: tag, 1: slash, index } of piece.matchAll(/<(\/?)span\b[^>]*>/g)) {
      depth += slash ? -1 : 1;
      if (!depth) return index + tag.length;
    }
    return 0;
  }

  // A browser shows nothing for a control character, and KaTeX refuses it.
  const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
  const CONTROLS = new RegExp(CONTROL, "g");

  function withoutControls(written) {
    return CONTROL.test(written) ? written.replace(CONTROLS, "") : written;
  }

  // The page keeps the TeX as it was written.
  function withSource(html, written) {
    const source = written.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    return html.replace(/(<annotation encoding="application\/x-tex">)[^<]*/, (_, tag) => tag + source);
  }

  // A refusal of a text without its control characters, with the place in the text that has them.
  function placeIn(written, [message, position, length]) {
    const places = Array.from(written).flatMap((character, index) => (CONTROL.test(character) ? [] : [index]));
    if (position < 0 || position >= places.length) return [message, -1, 0];
    const last = places[Math.min(position + Math.max(length, 1), places.length) - 1];
    return [message, places[position], last + 1 - places[position]];
  }

  function describe(error, tex) {
    if (error instanceof Refused) return [error.message, -1, 0];
    if (error instanceof TypeError && /iterator|iterable/.test(error.message)) return ["Argument beyond those of a macro", -1, 0]; // `...args[2]` of KaTeX's `expandOnce`
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

  // The signs of a formula for lints, null where KaTeX refuses it, or where its places are those of another text.
  function readOne([written, display, prelude]) {
    if (CONTROL.test(written)) return null;
    try {
      const own = macrosAfter(prelude);
      return tex.reading(written, () => katex.__parse(written, settings(display, own, written)));
    } catch {
      return null;
    }
  }

  let finished = [];

  return {
    // Runs the script of an extension of KaTeX's; such scripts look for `katex` among the globals.
    extend(script) {
      (0, eval)(script);
      return "";
    },

    // Renders formulas in order until `budget` milliseconds are over, at least one.
    render(request) {
      const { formulas, budget, ...site } = JSON.parse(request);
      learn(site);
      const start = Date.now();
      finished = [];
      for (const formula of formulas) {
        finished.push(renderOne(formula));
        if (Date.now() - start > budget) break;
      }
      return JSON.stringify(finished);
    },

    // Reads formulas in order until `budget` milliseconds are over, at least one.
    read(request) {
      const { formulas, budget, ...site } = JSON.parse(request);
      learn(site);
      const start = Date.now();
      const read = [];
      for (const formula of formulas) {
        read.push(readOne(formula));
        if (Date.now() - start > budget) break;
      }
      return JSON.stringify(read);
    },

    // What the last call of `render` had done when it was stopped.
    finished() {
      return JSON.stringify(finished);
    },

    // Which of the names are commands, and which environments.
    known(request) {
      const { commands, environments } = JSON.parse(request);
      const { gullet } = new tex.Parser.constructor("", settings(true, {}, ""));
      const isEnvironment = (name) => {
        try {
          katex.__parse(`\\begin{${name}}\\end{${name}}`, { displayMode: true });
        } catch (error) {
          return !error.rawMessage.startsWith("No such environment");
        }
        return true;
      };
      const known = commands.filter((name) => gullet.isDefined(name));
      return JSON.stringify([known, environments.filter(isEnvironment), Object.keys(tex.packages.physics)]);
    },
  };
})();
