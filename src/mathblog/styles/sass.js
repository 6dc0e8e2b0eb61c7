// Sass's own compiler (the npm package `sass`, plain JavaScript) for an engine that has neither files nor addresses.
"use strict";

const mathblogSass = (() => {
  // what Dart's code asks of its surroundings; an engine has nothing of it
  globalThis.location = globalThis.location || { href: "site:///" };
  globalThis.URL =
    globalThis.URL ||
    class URL {
      constructor(href) {
        this.href = String(href);
      }
      toString() {
        return this.href;
      }
    };

  const sass = {};
  globalThis._cliPkgExports.pop().load({ immutable: {} }, sass); // immutable serves functions in JavaScript only

  const ROOT = "site:///";
  const SYNTAX = { ".sass": "indented", ".css": "css" };
  const NOWHERE = "?"; // an empty sheet, in place of one that is missing
  const MOST = 50; // warnings in words; the others are counted

  const pathOf = (url) => (url ? decodeURIComponent(String(url).slice(ROOT.length)) : "");
  const urlOf = (path) => new URL(ROOT + path.split("/").map(encodeURIComponent).join("/"));
  const placeOf = (span) => (span ? { path: pathOf(span.url), start: span.start.offset, end: span.end.offset } : null);

  /** Answers what a style sheet loads from the table and the files of the question, and nothing else. */
  function importerFor(question, answer) {
    return {
      canonicalize(url, context) {
        if (url.startsWith(ROOT)) return null; // Dart tried the folder of the sheet itself; the table says where that is
        const from = pathOf(context.containingUrl);
        const known = question.table[from + "\n" + url];
        if (known === undefined) answer.wanted = [from, url];
        if (known === "") answer.missing.push([from, url]);
        if (known) return urlOf(known);
        return known === "" && question.forgiving ? urlOf(NOWHERE) : null;
      },
      load(url) {
        const path = pathOf(url);
        const syntax = SYNTAX[path.slice(path.lastIndexOf("."))] || "scss";
        return { contents: question.files[path] || "", syntax };
      },
    };
  }

  /** Notes warnings: those about old spellings by their kind, the others in words. */
  function loggerFor(answer) {
    return {
      warn(message, details) {
        if (!details.deprecation) {
          if (answer.said.length < MOST) answer.said.push({ message, place: placeOf(details.span) });
          return;
        }
        const kind = details.deprecationType.id;
        answer.old[kind] = (answer.old[kind] || 0) + 1;
        answer.first = answer.first || placeOf(details.span);
      },
      debug() {},
    };
  }

  /** The question and the answer are JSON; `request` and `Answer` in compiler.py say what is in them. */
  function compile(text) {
    const question = JSON.parse(text);
    const answer = { css: "", error: null, wanted: null, missing: [], old: {}, first: null, said: [] };
    try {
      const importer = importerFor(question, answer);
      answer.css = sass.compileString(question.text, {
        style: question.style,
        syntax: question.indented ? "indented" : "scss",
        charset: false,
        // a sheet without an address would share what its names mean with the sheets in folders that it loads
        url: new URL(ROOT),
        importer,
        importers: [importer],
        logger: loggerFor(answer),
        silenceDeprecations: question.silenced,
        verbose: true,
      }).css;
    } catch (error) {
      if (!error.span) throw error; // no fault of the style sheet
      answer.error = { message: error.sassMessage, place: placeOf(error.span) };
    }
    return JSON.stringify(answer);
  }

  return { compile };
})();
