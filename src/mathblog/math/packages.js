// Commands of packages that MathJax has and KaTeX lacks, by what they show: mathtools, unicode-math, units, gensymb, upgreek.

(() => {
  "use strict";

  const { Token, optional, isNext, wrap } = tex;

  const SHORT = {
    // mathtools
    "\\vcentercolon": "\\vcentcolon",
    "\\dashcolon": "\\mathrel{-\\mathrel{\\mkern-1.2mu}\\vcentcolon}",
    "\\Dashcolon": "\\mathrel{-\\mathrel{\\mkern-1.2mu}\\dblcolon}",
    "\\colondash": "\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}-}",
    "\\Colondash": "\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}-}",
    "\\Approxcolon": "\\mathrel{\\approx\\mathrel{\\mkern-1.2mu}\\dblcolon}",
    "\\Simcolon": "\\mathrel{\\sim\\mathrel{\\mkern-1.2mu}\\dblcolon}",
    "\\vdotswithin": "\\mathrel{\\@secondoftwo{#1}{\\vdots}}",
    "\\crampedllap": "\\mathllap",
    "\\crampedrlap": "\\mathrlap",
    "\\crampedclap": "\\mathclap",
    "\\crampedsubstack": "\\substack",
    "\\textllap": "\\mathllap{\\text{#1}}",
    "\\textrlap": "\\mathrlap{\\text{#1}}",
    "\\textclap": "\\mathclap{\\text{#1}}",
    "\\mathmbox": "{#1}",
    "\\xlongrightarrow": "\\xrightarrow",
    "\\xlongleftarrow": "\\xleftarrow",
    "\\xLongrightarrow": "\\xRightarrow",
    "\\xLongleftarrow": "\\xLeftarrow",
    "\\xmathstrut": (gullet) => (optional(gullet), gullet.consumeArg(), "\\mathstrut"),
    "\\MTFlushSpaceAbove": "",
    "\\MTFlushSpaceBelow": "\\\\",
    "\\ndownarrow": "\\centernot\\downarrow",
    "\\nuparrow": "\\centernot\\uparrow",
    "\\coloneq": "\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}=}",
    "\\Coloneq": "\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}=}",
    "\\eqcolon": "\\mathrel{=\\mathrel{\\mkern-1.2mu}\\vcentcolon}",
    "\\Eqcolon": "\\mathrel{=\\mathrel{\\mkern-1.2mu}\\dblcolon}",
    "\\refeq": "\\ref{#1}",
    "\\slashed": "\\html@mathml{{\\mathblog@struck{#1}{\\@not}}}{\\char\"338 #1}",
    "\\smashoperator": (gullet) => (optional(gullet), "#1"),
    "\\displaylimits": "",
    "\\qed": "\\square",
    "\\qedhere": "\\quad\\square",
    "\\qedsymbol": "\\square",
    "\\wideparen": "\\overparen{#1}",
    "\\undertilde": "\\utilde{#1}",
    "\\uline": "\\underline{#1}",
    "\\lBrack": "\\llbracket",
    "\\rBrack": "\\rrbracket",
    "\\fint": "\\html@mathml{\\mathop{\\mathblog@struck{\\int}{-}}\\nolimits}{\\mathop{\\char\"2A0D{}}\\nolimits}",
    // KaTeX's is many tokens, of which a script takes the first
    "\\colon": "\\html@mathml{\\nobreak\\mskip2mu\\mathpunct{}\\mathchoice{\\mkern-3mu}{\\mkern-3mu}{}{}{:}\\mskip6mu}{\\mathpunct{:}\\mskip6mu}",
    "\\Mapsto": "\\mathrel{⤇}",
    "\\Mapsfrom": "\\mathrel{⤆}",
    "\\longmapsfrom": "\\mathrel{⟻}",
    // lines of tables; `columns.js` reads the \cline of an array
    "\\cline": "\\@secondoftwo{#1}{\\hline}",
    "\\hhline": "\\@secondoftwo{#1}{\\hline}",
    "\\toprule": "\\hline",
    "\\midrule": "\\hline",
    "\\bottomrule": "\\hline",
    "\\centerOver": "\\mathblog@struck{#1}{#2}",
    // plain TeX and amsmath
    "\\overunderset": "\\overset{#1}{\\underset{#2}{#3}}",
    "\\leftroot": "\\@secondoftwo{#1}{}",
    "\\uproot": "\\@secondoftwo{#1}{}",
    "\\*": "",
    "\\\u00a0": "\\ ",
    "\\break": "",
    "\\goodbreak": "",
    "\\badbreak": "",
    "\\nonscript": "",
    "\\hfilll": "",
    "\\U": "\\unicode{x#1}",
    "\\vbox": "\\text{#1}",
    "\\vtop": "\\text{#1}",
    "\\parbox": "\\@secondoftwo{#1}{\\text{#2}}",
    // gensymb
    "\\degree": "{^\\circ}",
    "\\celsius": "{^\\circ}\\mathrm{C}",
    "\\ohm": "\\mathrm{\\Omega}",
    "\\perthousand": "\\text{‰}",
    "\\micro": "\\mathrm{\\mu}",
    // bbm
    "\\mathbbmss": "\\mathbb",
    "\\mathbbmtt": "\\mathbb",
  };
  for (const [name, body] of Object.entries(SHORT)) katex.__defineMacro(name, body);

  // \cramped[\scriptstyle]{x}: the style in brackets holds for the argument.
  katex.__defineMacro("\\cramped", (gullet) => {
    const style = optional(gullet) ?? [];
    return wrap(["{"], [...gullet.consumeArg().tokens, ...style], ["}"]);
  });

  // \Aboxed{a &= b}: one box over two cells, which hold their places.
  katex.__defineMacro("\\Aboxed", (gullet) => {
    const right = gullet.consumeArg().tokens;
    const at = right.findIndex((token) => token.text === "&");
    if (at < 0) return wrap(["\\boxed", "{"], right, ["}"]);
    const left = right.splice(at).slice(1);
    const body = "\\kern{-3.4pt}\\mathrlap{\\boxed{#1#2}}\\kern{3.4pt}\\hphantom{#1}&\\hphantom{#2}";
    return tex.brackets.fill(gullet, `${body}\\@secondoftwo{#1#2}{}`, left, right);
  });

  // \shortvdotswithin{=} is a row of its own
  katex.__defineMacro("\\shortvdotswithin", (gullet) => {
    const [before, after] = isNext(gullet, "*") ? ["", "&"] : ["&", ""];
    return tex.brackets.fill(gullet, `${before}\\vdotswithin{#1}${after}\\\\`, gullet.consumeArg().tokens);
  });

  // Since 2022 \coloneq is `:=`; \mathtoolsset{legacycolonsymbols} brings back `:-`.
  katex.__defineMacro("\\mathtoolsset", (gullet) => {
    const wishes = tex.textOf(gullet.consumeArg().tokens).replace(/\s/g, "");
    if (!/(?:^|,)legacycolonsymbols(?:=true)?(?:,|$)/.test(wishes)) return "";
    gullet.macros.set("\\coloneq", "\\colondash", true);
    gullet.macros.set("\\Coloneq", "\\Colondash", true);
    gullet.macros.set("\\eqcolon", "\\dashcolon", true);
    gullet.macros.set("\\Eqcolon", "\\Dashcolon", true);
    return "";
  });

  // \ArrowBetweenLines*[\Downarrow]: an arrow between two rows of alignat
  katex.__defineMacro("\\ArrowBetweenLines", (gullet) => {
    const star = isNext(gullet, "*");
    const arrow = optional(gullet) ?? [new Token("\\Updownarrow")];
    return tex.brackets.fill(gullet, star ? "&&\\quad#1\\\\" : "#1\\quad\\\\", arrow);
  });

  // units: \units[2.5]{kg}, \unitfrac[9.8]{m}{s^2}, \nicefrac[\mathsf]{1}{2}; what stands in brackets is #1 of the second body.
  for (const [name, body, longer] of [
    ["units", "\\mathrm{#1}", "#1\\,\\mathrm{#2}"],
    ["unitfrac", "\\mathrm{{}^{#1}\\!/_{#2}}", "#1\\,\\mathrm{{}^{#2}\\!/_{#3}}"],
    ["nicefrac", "{}^{#1}\\!/_{#2}", "{}^{#1{#2}}\\!/_{#1{#3}}"],
  ]) {
    katex.__defineMacro(`\\${name}`, (gullet) => {
      const given = optional(gullet);
      return given ? tex.brackets.fill(gullet, longer, given) : body;
    });
  }

  // centernot: a stroke through the middle of #1. The spaces of \implies stay outside.
  const LONG = { "\\implies": "\\Longrightarrow", "\\impliedby": "\\Longleftarrow", "\\iff": "\\Longleftrightarrow" };
  katex.__defineFunction({
    type: "mathblog-struck", names: ["\\mathblog@struck"], numArgs: 2,
    handler({ parser: { mode } }, [base, sign]) {
      const styled = (style, body) => ({ type: "html", mode, attributes: { style }, body });
      return styled("position:relative;display:inline-block", [base, styled("position:absolute;left:-.5em;right:-.5em;text-align:center", [sign])]);
    },
  });
  katex.__defineMacro("\\centernot", (gullet) => {
    gullet.consumeSpaces();
    const braced = gullet.future().text === "{" ? gullet.consumeArg().tokens : [gullet.popToken()];
    const long = braced.length === 1 && LONG[braced[0].text];
    const space = long ? "\\;" : "";
    return tex.brackets.fill(gullet, `${space}\\html@mathml{\\mathrel{\\mathblog@struck{#1}{\\@not}}}{\\char"338 #1}${space}`, long ? [new Token(long)] : braced);
  });

  // \hdotsfor[1.5]{3}: dots in as many cells
  katex.__defineMacro("\\hdotsfor", (gullet) => {
    optional(gullet);
    const { tokens, start } = gullet.consumeArg();
    const count = Number(tex.textOf(tokens));
    if (!(count >= 1 && count <= 100)) throw new katex.ParseError(`Invalid number: ${tex.textOf(tokens)}`, start);
    return Array(Math.trunc(count)).fill("\\ldots").join("&");
  });

  katex.__defineMacro("\\stackbin", (gullet) => {
    const below = optional(gullet);
    return below ? tex.brackets.fill(gullet, "\\mathbin{\\overset{#2}{\\underset{#1}{#3}}}", below) : "\\mathbin{\\overset{#1}{#2}}";
  });

  // graphicx: \rotatebox[origin=c]{90}{$=$}, \reflectbox{R}, \scalebox{2}[1]{x}
  const numberOf = ({ tokens, start }) => {
    const text = tex.textOf(tokens);
    if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/.test(text)) throw new katex.ParseError(`Invalid number: ${text}`, start);
    return Number(text);
  };
  katex.__defineFunction({
    type: "mathblog-turned", names: ["\\rotatebox", "\\reflectbox", "\\scalebox"], numArgs: 0, allowedInText: true,
    handler({ parser, funcName }) {
      const { gullet, mode } = parser;
      let turn = "transform:scaleX(-1)";
      if (funcName === "\\rotatebox") {
        optional(gullet);
        turn = `transform:rotate(${-numberOf(gullet.consumeArg())}deg)`;
      } else if (funcName === "\\scalebox") {
        const width = numberOf(gullet.consumeArg());
        const given = optional(gullet);
        const height = given ? numberOf({ tokens: given }) : width;
        turn = `font-size:${Math.abs(height)}em`;
        if (width !== height || height < 0) turn += `;transform:scale(${width / Math.abs(height || 1)},${Math.sign(height)})`;
      }
      const body = parser.subparse(wrap(["\\text", "{"], gullet.consumeArg().tokens, ["}"]).tokens);
      return { type: "html", mode, attributes: { style: `display:inline-block;${turn}` }, body };
    },
  });

  // Boxes whose width and place are passed over.
  const box = (name, before, after) => katex.__defineMacro(name, (gullet) => {
    while (optional(gullet)) continue;
    return wrap(before, gullet.consumeArg().tokens, after);
  });
  box("\\framebox", ["\\fbox", "{"], ["}"]);
  box("\\makebox", ["\\text", "{"], ["}"]);
  box("\\mathmakebox", ["{"], ["}"]);

  // \cancelto[options]{0}{x}
  katex.__defineMacro("\\cancelto", (gullet) => {
    optional(gullet);
    const target = gullet.consumeArg().tokens;
    const sign = (text) => new Token(text);
    return { tokens: [sign("}"), ...target, sign("{"), sign("^"), sign("}"), ...gullet.consumeArg().tokens, sign("{"), sign("\\cancel")], numArgs: 0 };
  });

  // unicode-math: \symbf{x}, \mathbfit{x}; without an upright or italic form of its own, a letter has its usual one.
  const ALPHABETS = {
    up: "\\mathrm", rm: "\\mathrm", it: "\\mathit", bf: "\\mathbf", bfup: "\\mathbf", bfit: "\\boldsymbol", sf: "\\mathsf", sfup: "\\mathsf",
    sfit: "\\mathsf", bfsf: "\\mathsf", bfsfup: "\\mathsf", bfsfit: "\\mathsf", tt: "\\mathtt", bb: "\\mathbb", cal: "\\mathcal",
    scr: "\\mathscr", frak: "\\mathfrak", bfcal: "\\boldsymbol\\mathcal", bfscr: "\\boldsymbol\\mathscr", bffrak: "\\boldsymbol\\mathfrak", normal: "\\mathnormal",
  };
  for (const [name, alphabet] of Object.entries(ALPHABETS)) {
    const body = alphabet.startsWith("\\boldsymbol\\") ? `\\boldsymbol{${alphabet.slice("\\boldsymbol".length)}{#1}}` : alphabet;
    katex.__defineMacro(`\\sym${name}`, body);
    if (/^(?:bf.+|up|sfup|sfit)$/.test(name)) katex.__defineMacro(`\\math${name}`, body);
  }

  // The package upgreek: KaTeX has no upright small letters. Its capitals are \Upgamma, those of MathJax 3 also \upGamma.
  const UPRIGHT = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi"
    + " omega varepsilon vartheta varpi varrho varsigma varphi Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega";
  for (const letter of UPRIGHT.split(" ")) {
    katex.__defineMacro(`\\up${letter}`, `\\${letter}`);
    if (/^[A-Z]/.test(letter)) katex.__defineMacro(`\\Up${letter.toLowerCase()}`, `\\${letter}`);
  }
})();
