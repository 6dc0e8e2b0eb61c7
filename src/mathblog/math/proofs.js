// Proof trees of the package bussproofs: \begin{prooftree}\AxiomC{$A$}\UnaryInfC{$B$}\end{prooftree}. A tree becomes fractions.

tex.proofs = (() => {
  "use strict";

  const { Token } = tex;
  const PREMISES = ["Axiom", "Unary", "Binary", "Trinary", "Quaternary", "Quinary"];
  const SHORT = ["AX", "UI", "BI", "TI"];
  const LABELS = { "\\LeftLabel": "left", "\\LL": "left", "\\RightLabel": "right", "\\RL": "right" };
  const LINES = { "noLine": "none", "singleLine": "one", "solidLine": "one", "dashedLine": "one", "dottedLine": "one", "doubleLine": "two" };
  const ROOTS = { "rootAtTop": true, "rootAtBottom": false };
  const signs = (...texts) => texts.map((text) => new Token(text));
  const letters = (text) => signs(...Array.from(text));

  // How many premises the commands take, and whether the conclusion is a text (`\UnaryInfC{$B$}`) or a formula (`\UnaryInf$B$`).
  const INFERENCES = {};
  PREMISES.forEach((name, count) => {
    const full = count ? `${name}Inf` : name;
    for (const written of [full, SHORT[count]]) {
      if (!written) continue;
      INFERENCES[`\\${written}C`] = { count, isText: true };
      INFERENCES[`\\${written}`] = { count, isText: false };
    }
  });

  // What is written in braces or between dollars next, as tokens that show it.
  function readConclusion(gullet, isText, command) {
    gullet.consumeSpaces();
    if (isText) return [...signs("\\text", "{"), ...gullet.consumeArg().tokens.reverse(), ...signs("}")];
    if (gullet.future().text !== "$") throw new katex.ParseError(`\`${command.text}\` needs a formula in dollars`, command);
    gullet.popToken();
    const read = [];
    for (let token = gullet.popToken(); token.text !== "$"; token = gullet.popToken()) {
      if (token.text === "EOF") throw new katex.ParseError(`\`${command.text}\` needs a formula in dollars`, command);
      read.push(token);
    }
    return read;
  }

  // One step: the premises, a line, the conclusion, and what stands beside the line. All are tokens in their order.
  function infer(premises, conclusion, { line, atTop, left, right }) {
    const upper = premises.flatMap((premise, index) => (index ? [...signs("\\qquad"), ...premise] : premise));
    const lower = line === "two" ? [...signs("\\overline", "{", "\\mathstrut"), ...conclusion, ...signs("}")] : conclusion;
    const [above, below] = atTop ? [lower, upper] : [upper, lower];
    const fraction = line === "none" ? [...signs("\\genfrac", "{", "}", "{", "}", "{"), ...letters("0pt"), ...signs("}", "{", "0", "}")] : signs("\\dfrac");
    const label = (tokens) => (tokens ? [...signs("{", "\\scriptstyle"), ...tokens, ...signs("}")] : []);
    return [
      ...label(left), ...(left ? signs("\\;") : []), ...fraction, ...signs("{", "\\displaystyle"), ...above, ...signs("}", "{", "\\displaystyle"), ...below,
      ...signs("}"), ...(right ? signs("\\;") : []), ...label(right),
    ];
  }

  // The tokens of a whole proof, in their order, from what stands in the environment.
  function build(gullet, begin) {
    const stack = [];
    const always = { line: "one", atTop: false };
    let next = {};
    for (let token = gullet.popToken(); token.text !== "EOF"; token = gullet.popToken()) {
      const { text } = token;
      const wish = text.slice(1).replace(/^always([A-Z])/, (_, first) => first.toLowerCase());
      const wishes = text.startsWith("\\always") ? always : next;
      if (LABELS[text]) next[LABELS[text]] = readConclusion(gullet, true, token);
      else if (wish in LINES) wishes.line = LINES[wish];
      else if (wish in ROOTS) wishes.atTop = ROOTS[wish];
      else if (text in INFERENCES) {
        const { count, isText } = INFERENCES[text];
        const conclusion = readConclusion(gullet, isText, token);
        if (stack.length < count) throw new katex.ParseError(`\`${text}\` needs ${count} premises, and there are ${stack.length}`, token);
        stack.push(count ? infer(stack.splice(-count), conclusion, { ...always, ...next }) : conclusion);
        if (count) next = {}; // a label before an axiom is that of the next step
      } else if (text !== " ") throw new katex.ParseError(`\`${text}\` is no step of a proof`, token);
    }
    if (next.left || next.right) throw new katex.ParseError("a label of a proof stands before its step", begin);
    if (stack.length !== 1) throw new katex.ParseError(`a proof ends in one conclusion, and there are ${stack.length}`, begin);
    return stack[0];
  }

  // Puts back the proof that was begun as a group that KaTeX reads.
  function read(gullet, name, begin) {
    const { tokens } = tex.columns.content(gullet, name, begin);
    gullet.pushTokens([...signs("EOF"), ...tokens]);
    gullet.pushTokens([...signs("{", "\\displaystyle"), ...build(gullet, begin), ...signs("}")].reverse());
  }

  katex.__defineMacro("\\fCenter", "");
  return { read };
})();
