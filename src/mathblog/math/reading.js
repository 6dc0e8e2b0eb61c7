// The parse tree of a formula as lists of signs in the order of reading, for lints (`lints/reading.py`).

tex.reading = (() => {
  "use strict";

  // KaTeX's groups of atoms have a place in the text, those made by functions have none: while a formula is read for lints they
  // get that of their command.
  const { Parser } = tex;
  const { callFunction } = Parser;
  let isReading = false;
  Parser.callFunction = function (command, args, optArgs, token, breakOn) {
    const group = callFunction.call(this, command, args, optArgs, token, breakOn);
    if (isReading && token?.loc && group && !group.loc) group.loc = token.loc;
    return group;
  };

  const OPENING = { mopen: "open", mclose: "close" };
  const inOrder = (body) => (Array.isArray(body) ? body : [body]);

  // A list is [kind, signs], a sign [kind, text, start, end]: places in `written`, -1 for what a macro of another text made.
  function read(written, tree) {
    const lists = [];
    const length = written.length;

    function place(loc) {
      return loc && loc.lexer?.input === written && loc.end <= length ? [loc.start, loc.end] : [-1, -1];
    }

    function begin(kind, body) {
      const signs = [];
      lists.push([kind, signs]);
      walk(inOrder(body), { signs, masked: false });
    }

    function walk(body, to) {
      for (const node of body) if (node) visit(node, to);
    }

    function sign(to, kind, node, text) {
      to.signs.push([to.masked && kind === "letter" ? "masked" : kind, text, ...place(node.loc)]);
    }

    const masked = (to) => ({ signs: to.signs, masked: true });

    const visitors = {
      mathord: (node, to) => sign(to, node.mode === "math" ? "letter" : "masked", node, node.text),
      textord: (node, to) => sign(to, "ord", node, node.text),
      atom: (node, to) => sign(to, node.family, node, node.text),
      spacing: (node, to) => sign(to, "space", node, node.text),
      kern: (node, to) => sign(to, "space", node, ""),
      delimsizing: (node, to) => sign(to, OPENING[node.mclass] ?? "ord", node, node.delim),
      ordgroup: (node, to) => walk(node.body, to),
      styling: (node, to) => walk(node.body, to),
      sizing: (node, to) => walk(node.body, to),
      color: (node, to) => walk(node.body, to),
      html: (node, to) => walk(node.body, to),
      href: (node, to) => walk(node.body, to),
      mclass: (node, to) => walk(node.body, to),
      htmlmathml: (node, to) => walk(node.html, to),
      mathchoice: (node, to) => walk(node.display, to),
      hbox: (node, to) => walk(node.body, to),
      font: (node, to) => walk(inOrder(node.body), masked(to)),
      pmb: (node, to) => walk(inOrder(node.body), masked(to)),
      operatorname: (node, to) => walk(node.body, masked(to)),
      op: (node, to) => (node.body ? walk(node.body, masked(to)) : sign(to, "op", node, node.name)),
      tag: (node, to) => walk(node.body, to),
      horizBrace: (node, to) => walk(inOrder(node.base), to),
      text(node, to) {
        const text = node.body.map((part) => (part.type === "textord" || part.type === "mathord" ? part.text : " ")).join("");
        sign(to, "text", node, text);
        for (const part of node.body) if (part.type === "styling") begin("math", part.body);
      },
      supsub(node, to) {
        if (node.base) visit(node.base, to);
        sign(to, "script", {}, "");
        if (node.sub) begin("script", node.sub);
        if (node.sup) begin("script", node.sup);
      },
      genfrac(node, to) {
        sign(to, "group", node, "");
        begin("group", node.numer);
        begin("group", node.denom);
      },
      sqrt(node, to) {
        sign(to, "group", node, "");
        begin("group", node.body);
      },
      xArrow(node, to) {
        sign(to, "rel", node, node.label);
        begin("script", node.body);
        if (node.below) begin("script", node.below);
      },
      leftright(node, to) {
        if (node.left !== "." && node.right !== ".") {
          sign(to, "group", node, "");
          begin("group", node.body);
          return;
        }
        if (node.left !== ".") sign(to, "open", node, node.left);
        walk(node.body, to);
        if (node.right !== ".") sign(to, "close", {}, node.right);
      },
      array(node, to) {
        for (const row of node.body) {
          for (const cell of row) {
            sign(to, "cell", {}, "");
            visit(cell, to);
          }
        }
        sign(to, "end", {}, "");
      },
    };

    const HIDDEN = new Set(["phantom", "vphantom", "internal", "cr", "rule", "includegraphics", "verb", "url", "raw", "size"]);

    function visit(node, to) {
      const visitor = visitors[node.type];
      if (visitor) visitor(node, to);
      else if (HIDDEN.has(node.type)) sign(to, "group", node, "");
      else if (node.body ?? node.base) walk(inOrder(node.body ?? node.base), to); // boxes, accents, lines
      else sign(to, "group", node, "");
    }

    begin("formula", tree);
    return lists;
  }

  // Places in JavaScript's text -> in characters, as Python counts them.
  function inCharacters(written, lists) {
    if (!/[\ud800-\udfff]/.test(written)) return lists;
    const before = (at) => (at < 0 ? at : Array.from(written.slice(0, at)).length);
    return lists.map(([kind, signs]) => [kind, signs.map(([type, text, start, end]) => [type, text, before(start), before(end)])]);
  }

  // `parse` gives the tree of the formula.
  return (written, parse) => {
    isReading = true;
    try {
      return inCharacters(written, read(written, parse()));
    } finally {
      isReading = false;
    }
  };
})();
