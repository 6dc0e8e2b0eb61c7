// Arguments between brackets of any kind, for macros that are functions.

tex.brackets = (() => {
  "use strict";

  const { Token } = tex;
  const CLOSING = { "(": ")", "[": "]", "|": "|" };

  // `body` with `#1`, `#2` … for tokens: they are put back as groups, from which KaTeX takes them.
  function fill(gullet, body, ...parts) {
    for (const tokens of parts.slice().reverse()) gullet.pushTokens([new Token("}"), ...tokens, new Token("{")]);
    return body;
  }

  const next = (gullet) => { gullet.consumeSpaces(); return gullet.future().text; };
  const argument = (gullet) => gullet.consumeArg().tokens;
  const letters = (text) => Array.from(text, (sign) => new Token(sign)).reverse();

  // What stands between the bracket that comes next and its partner, null where there is none: all is then put back. Outside
  // of an environment it ends with its cell, unless it may hold `rows`.
  function between(gullet, open, close = CLOSING[open], rows = false) {
    if (next(gullet) !== open) return null;
    const read = [gullet.popToken()];
    for (let depth = 0, braces = 0, environments = 0; ; ) {
      const token = gullet.popToken();
      const { text } = token;
      const isOutside = !braces && !environments;
      const endsCell = isOutside && !rows && ["&", "\\\\", "\\cr"].includes(text);
      if (text === "EOF" || endsCell || (isOutside && (text === "}" || text === "\\end"))) {
        gullet.pushToken(token);
        gullet.pushTokens(read.reverse());
        return null;
      }
      if (!braces && text === close && !depth) return read.slice(1).reverse();
      braces += (text === "{") - (text === "}");
      environments += (text === "\\begin") - (text === "\\end");
      if (!braces && open !== close) depth += (text === open) - (text === close);
      read.push(token);
    }
  }

  // \big, \Bigg before a bracket
  function size(gullet) {
    const found = /^\\([bB]igg?)$/.exec(next(gullet));
    if (found) gullet.popToken();
    return found?.[1];
  }

  const fence = (open, inner, close, { star, big } = {}) => {
    if (star) return `${open}${inner}${close}`;
    return big ? `\\${big}l${open}${inner}\\${big}r${close}` : `\\left${open}${inner}\\right${close}`;
  };

  return { CLOSING, fill, next, argument, letters, between, size, fence };
})();
