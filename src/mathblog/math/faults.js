// What KaTeX shows otherwise than it was written, and says nothing of.

(() => {
  "use strict";

  // ---- children of MathML ------------------------------------------------------------------------------------

  // \sin is two elements beside each other: they took the place of the denominator in \frac{\sin}{x}, of the accent in \hat{\max}.
  const COUNTED = new Set(["mfrac", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"]); // the others hold any number
  const { MathNode } = tex;
  const { toMarkup } = MathNode.prototype;

  // A fragment is the only node that holds others and is no element.
  const whole = (child) => (child.children?.length > 1 && child.type === undefined ? new MathNode("mrow", child.children) : child);

  MathNode.prototype.toMarkup = function () {
    if (COUNTED.has(this.type)) this.children = this.children.map(whole);
    return toMarkup.call(this);
  };

  // ---- scripts of braces -------------------------------------------------------------------------------------

  // \underbrace{x}_a^2: KaTeX leaves one of two scripts out, and puts one on the other side beside the brace. To TeX both are limits.
  const { parseAtom } = tex.Parser;
  tex.Parser.parseAtom = function (breakOn) {
    const atom = parseAtom.call(this, breakOn);
    const { base } = atom ?? {};
    if (base?.type !== "horizBrace" || atom.type !== "supsub" || !(base.isOver ? atom.sub : atom.sup)) return atom;
    const operator = { type: "op", mode: atom.mode, limits: true, alwaysHandleSupSub: true, parentIsSupSub: false, symbol: false, suppressBaseShift: false, body: [base] };
    return { ...atom, base: operator };
  };
})();
