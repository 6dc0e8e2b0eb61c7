// Letters of other alphabets: bold ones within \boldsymbol, and what MathML says of them. Browsers and readers of feeds know them as
// letters of Unicode's (ℝ, 𝓛) and pass over the attribute that KaTeX writes, so that they show R and L.

(() => {
  "use strict";

  // Where each alphabet begins: capital letters, followed by small ones; digits; capital and small Greek letters.
  const ALPHABETS = {
    "bold": [0x1d400, 0x1d7ce, 0x1d6a8, 0x1d6c2], "bold-italic": [0x1d468, 0x1d7ce, 0x1d71c, 0x1d736], "double-struck": [0x1d538, 0x1d7d8],
    "script": [0x1d49c], "bold-script": [0x1d4d0], "fraktur": [0x1d504], "bold-fraktur": [0x1d56c], "sans-serif": [0x1d5a0, 0x1d7e2],
    "bold-sans-serif": [0x1d5d4, 0x1d7ec], "sans-serif-italic": [0x1d608], "sans-serif-bold-italic": [0x1d63c], "monospace": [0x1d670, 0x1d7f6],
  };
  // Letters that had a place before the others: by the place that would be theirs.
  const EARLIER = {
    0x1d49d: "ℬ", 0x1d4a0: "ℰ", 0x1d4a1: "ℱ", 0x1d4a3: "ℋ", 0x1d4a4: "ℐ", 0x1d4a7: "ℒ", 0x1d4a8: "ℳ", 0x1d4ad: "ℛ", 0x1d4ba: "ℯ", 0x1d4bc: "ℊ", 0x1d4c4: "ℴ",
    0x1d506: "ℭ", 0x1d50b: "ℌ", 0x1d50c: "ℑ", 0x1d515: "ℜ", 0x1d51d: "ℨ", 0x1d53a: "ℂ", 0x1d53f: "ℍ", 0x1d545: "ℕ", 0x1d547: "ℙ", 0x1d548: "ℚ", 0x1d549: "ℝ", 0x1d551: "ℤ",
  };
  const GREEK_SIGNS = "∂ϵϑϰϕϱϖ"; // behind the small letters

  // A letter or digit in an alphabet; undefined where that has no such letter.
  function letterOf(alphabet, sign) {
    const [latin, digits, capitals, small] = ALPHABETS[alphabet] ?? [];
    const code = sign.codePointAt(0);
    const from = (first, start) => (start ? start + code - first : undefined);
    let place;
    if (/^[A-Z]$/.test(sign)) place = from(65, latin);
    else if (/^[a-z]$/.test(sign)) place = from(97 - 26, latin);
    else if (/^[0-9]$/.test(sign)) place = from(48, digits);
    else if (/^[Α-ΡΣ-Ω]$/.test(sign)) place = from(0x391, capitals);
    else if (/^[α-ω]$/.test(sign)) place = from(0x3b1, small);
    else if (sign === "∇") place = capitals && capitals + 25;
    else if (small && GREEK_SIGNS.includes(sign)) place = small + 25 + GREEK_SIGNS.indexOf(sign);
    return place && (EARLIER[place] ?? String.fromCodePoint(place));
  }

  // ---- \boldsymbol ---------------------------------------------------------------------------------------------

  // KaTeX forgets \boldsymbol where an inner font begins. To LaTeX and MathJax \boldsymbol{\mathcal{L}} is a bold calligraphic letter.
  const BOLD = { mathrm: "mathbf", mathit: "boldsymbol" };
  const HEAVY = { mathcal: "bold-script", mathscr: "bold-script", mathfrak: "bold-fraktur", mathsf: "bold-sans-serif" };
  const isNode = (value) => typeof value === "object" && value !== null && (Array.isArray(value) || "type" in value);

  function embolden(node) {
    for (const key of Object.keys(node)) {
      const child = node[key];
      if (!isNode(child)) continue;
      if (child.type === "font" && HEAVY[child.font]) node[key] = heavy(child);
      else if (child.type === "font" && BOLD[child.font]) child.font = BOLD[child.font];
      if (child.type !== "text") embolden(child);
    }
  }

  // In boxes the font has its bold face by its weight, in MathML each letter is another one.
  function heavy(node) {
    const html = [{ type: "html", mode: node.mode, attributes: { style: "font-weight:700" }, body: [node] }];
    return { type: "htmlmathml", mode: node.mode, html, mathml: [lettersIn(node.body, HEAVY[node.font])] };
  }

  function lettersIn(node, alphabet) {
    if (!isNode(node)) return node;
    if (Array.isArray(node)) return node.map((child) => lettersIn(child, alphabet));
    const text = typeof node.text === "string" ? letterOf(alphabet, node.text) ?? node.text : node.text;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, key === "text" ? text : lettersIn(child, alphabet)]));
  }

  const { callFunction } = tex.Parser;
  tex.Parser.callFunction = function (command, args, optional, token, breakOn) {
    const node = callFunction.call(this, command, args, optional, token, breakOn);
    if (command === "\\boldsymbol" || command === "\\bm") embolden(node);
    return node;
  };

  // ℝ: KaTeX has its glyph at the place of R, and writes R.
  for (const letter of "CHNPQRZ") {
    katex.__defineMacro(letterOf("double-struck", letter), ({ mode }) => (mode === "text" ? `$\\mathbb{${letter}}$` : `\\mathbb{${letter}}`));
  }

  katex.__defineMacro("≙", "\\html@mathml{\\stackrel{\\tiny\\wedge}{=}}{\\mathrel{\\char\"2259}}"); // KaTeX's MathML has ≘

  // ---- MathML --------------------------------------------------------------------------------------------------

  // KaTeX writes `é` in a text as an accent over an e.
  const MARKS = {
    "ˊ": "\u0301", "ˋ": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "ˉ": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b",
    "ˇ": "\u030c", "¸": "\u0327",
  };
  const MathNode = tex.MathNode;
  const { setAttribute, toMarkup, toText } = MathNode.prototype;
  const textIn = (node) => (node?.children?.length && node.children.every(({ text }) => typeof text === "string") ? node.children.map(({ text }) => text).join("") : undefined);
  const write = (node, text) => { node.children = [Object.assign(node.children[0], { text })]; };

  // The text below all accents of a node, and the letter that they make of it.
  function accented(node) {
    const [base, accent] = node.children;
    const [inner, text] = base?.type === "mover" ? accented(base) ?? [] : [base, textIn(base)];
    const sign = textIn(accent);
    if (inner?.type !== "mtext" || !text || !MARKS[sign]) return undefined;
    const letter = (text.replace("ı", "i").replace("ȷ", "j") + MARKS[sign]).normalize("NFC");
    return Array.from(letter).length === 1 ? [inner, letter] : undefined;
  }

  function withLetters(node) {
    const alphabet = node.attributes.mathvariant;
    const text = alphabet && ALPHABETS[alphabet] && textIn(node);
    if (!text) return;
    const letters = Array.from(text, (sign) => letterOf(alphabet, sign));
    if ((node.type !== "mi" || letters.length !== 1) && node.type !== "mn") return;
    if (letters.some((letter) => !letter) && !/^[\u{1d400}-\u{1d7ff}]$/u.test(text)) return;
    if (letters[0]) write(node, letters.join(""));
    delete node.attributes.mathvariant;
  }

  // KaTeX joins digits that stand side by side to one number, in the alphabet of the first: each digit keeps its own.
  MathNode.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name, value);
    if (this.type === "mn") withLetters(this);
  };

  const alphabetOf = (digit) => Math.max(0, Math.floor((digit.codePointAt(0) - 0x1d7ce) / 10) + 1);

  // The numbers in one of KaTeX's: `\mathbf{1}2` is two. The point of 1.5 belongs to the digit before it.
  function numbersIn(node) {
    const numbers = [];
    for (const child of node.children) {
      const alphabet = /\p{Nd}/u.test(child.text) ? alphabetOf(child.text) : numbers.at(-1)?.alphabet;
      if (!numbers.length || numbers.at(-1).alphabet !== alphabet) numbers.push({ alphabet, children: [] });
      numbers.at(-1).children.push(child);
    }
    return numbers.map(({ children }) => new MathNode("mn", children));
  }

  MathNode.prototype.toMarkup = function () {
    if (this.type === "mn" && textIn(this)) {
      const numbers = numbersIn(this);
      if (numbers.length > 1) return new MathNode("mrow", numbers).toMarkup();
    }
    withLetters(this);
    if (this.type === "mi" && this.children[0]?.type) { // of \boldsymbol{xy}: a name holds text only
      this.type = "mrow";
      delete this.attributes.mathvariant;
    }
    const [inner, letter] = (this.type === "mover" && accented(this)) || [];
    if (inner) write(inner, letter);
    return inner ? inner.toMarkup() : toMarkup.call(this);
  };
  MathNode.prototype.toText = function () {
    withLetters(this);
    return toText.call(this);
  };
})();
