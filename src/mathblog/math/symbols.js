// Signs by their names in the packages textcomp and bboldx, in formulas and in texts, and letters of Unicode's that are scripts.

(() => {
  "use strict";

  const TEXTCOMP = {
    acutedbl: "˝", asciiacute: "´", asciibreve: "˘", asciicaron: "ˇ", asciicircum: "^", asciidieresis: "¨", asciimacron: "¯", asciitilde: "~",
    asteriskcentered: "*", backslash: "\\", baht: "฿", bar: "|", bardbl: "‖", bigcircle: "◯", blank: "␢", born: "*", braceleft: "{",
    braceright: "}", brokenbar: "¦", bullet: "•", celsius: "℃", cent: "¢", centoldstyle: "¢", circledP: "℗", colonmonetary: "₡",
    compwordmark: "\u200c", copyleft: "🄯", currency: "¤", dagger: "†", daggerdbl: "‡", degree: "°", died: "†", discount: "⁒", div: "÷",
    divorced: "⚮", dollar: "$", dollaroldstyle: "$", dong: "₫", downarrow: "↓", ellipsis: "…", emdash: "—", endash: "–", estimated: "℮",
    euro: "€", exclamdown: "¡", florin: "ƒ", fractionsolidus: "⁄", gravedbl: "˵", greater: ">", guarani: "₲", interrobang: "‽",
    interrobangdown: "⸘", langle: "〈", lbrackdbl: "⟦", leftarrow: "←", less: "<", lira: "₤", lnot: "¬", lquill: "⁅", married: "⚭", mho: "℧",
    minus: "−", mu: "µ", musicalnote: "♪", naira: "₦", numero: "№", ohm: "Ω", onehalf: "½", onequarter: "¼", onesuperior: "¹",
    openbullet: "◦", ordfeminine: "ª", ordmasculine: "º", paragraph: "¶", periodcentered: "·", pertenthousand: "‱", perthousand: "‰",
    peso: "₱", pm: "±", questiondown: "¿", quotedblleft: "“", quotedblright: "”", quoteleft: "‘", quoteright: "’", rangle: "〉",
    rbrackdbl: "⟧", recipe: "℞", referencemark: "※", rightarrow: "→", rquill: "⁆", section: "§", servicemark: "℠", sterling: "£", surd: "√",
    threequarters: "¾", threesuperior: "³", tildelow: "˷", times: "×", trademark: "™", twosuperior: "²", underscore: "_", uparrow: "↑",
    visiblespace: "␣", won: "₩", yen: "¥",
  };
  "zero one two three four five six seven eight nine".split(" ").forEach((name, digit) => { TEXTCOMP[`${name}oldstyle`] = String(digit); });
  for (const [name, sign] of Object.entries(TEXTCOMP)) {
    for (const mode of ["math", "text"]) katex.__defineSymbol(mode, "main", "textord", sign, `\\text${name}`);
  }

  // What a sign means in a formula; in a text it is itself.
  const inFormulas = (sign, meaning) => katex.__defineMacro(sign, (gullet) => (
    gullet.mode === "text" ? { tokens: [Object.assign(new tex.Token(sign), { noexpand: true })], numArgs: 0 } : meaning(gullet)
  ));

  // primes as an editor or an input method writes them
  for (const [sign, primes] of [["’", "'"], ["′", "'"], ["″", "''"], ["‴", "'''"]]) inFormulas(sign, () => primes);

  // KaTeX has these accents in texts only, and shows their commands in formulas.
  for (const sign of "ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩŐőŰű") inFormulas(sign, () => `\\textit{${sign}}`);

  // x²: a letter above or below the line is a script like those of ^ and _. KaTeX itself forgets the prime of x'² and the script of x^2².
  const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
  const isLetter = (sign) => sign.normalize("NFKC") !== sign;
  const above = ["²", "³", "¹", "ᶿ", ...range(0x2070, 0x207f), ...range(0x1d2c, 0x1d61), ...range(0x2b0, 0x2b8), ...range(0x2e0, 0x2e3), "ⱽ", "ᶜ", "ᶠ", "ᶻ"];
  const below = [...range(0x2080, 0x209c), ...range(0x1d62, 0x1d6a), "ⱼ"];
  for (const [script, list] of [["^", above], ["_", below]]) {
    const signs = new Set(list.filter(isLetter));
    for (const sign of signs) {
      inFormulas(sign, (gullet) => {
        let run = sign;
        while (signs.has(gullet.future().text)) run += gullet.popToken().text;
        return `${script}{${run.normalize("NFKC")}}`;
      });
    }
  }

  // bboldx: double letters. Unicode has few Greek ones; those that it lacks stay unknown.
  const BBOLDX = {
    Gamma: "ℾ", gamma: "ℽ", Pi: "ℿ", pi: "ℼ", Sigma: "⅀", Lparen: "⦅", Rparen: "⦆", Lbrack: "⟦", Rbrack: "⟧", Langle: "⟪", Rangle: "⟫",
  };
  for (const [name, sign] of Object.entries(BBOLDX)) {
    for (const [prefix, body] of [["bb", sign], ["bfbb", `\\boldsymbol{${sign}}`], ["txtbb", `\\text{${sign}}`], ["txtbfbb", `\\textbf{${sign}}`]]) {
      katex.__defineMacro(`\\${prefix}${name}`, body);
    }
  }
  const bold = "\\boldsymbol{\\mathbb{#1}}";
  const alphabets = { mathbfbb: bold, textbb: "\\text{$\\mathbb{#1}$}", textbfbb: `\\text{$${bold}$}` }; // no names for a hint: `\mathbb` is meant
  for (const [name, body] of Object.entries(alphabets)) katex.__defineMacro(`\\${name}`, body);
})();
