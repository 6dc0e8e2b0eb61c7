// Environments and colours that an author defines: \newenvironment, \definecolor, \colorlet; and \require of a package.

(() => {
  "use strict";

  const { Parser, Token, textOf, optional, isNext, withOptional } = tex;
  const END = "\\endgroup";
  const beginOf = (name) => `\\begin ${name}`; // names of macros that nobody can write
  const endOf = (name) => `\\end ${name}`;
  const colourOf = (name) => `\\color ${name}`;

  // \newenvironment{name}[2][default]{before}{after}; `before` has the arguments.
  function environment(gullet) {
    isNext(gullet, "*");
    const name = textOf(gullet.consumeArg().tokens);
    const count = textOf(optional(gullet) ?? [new Token("0")]);
    if (!/^[0-9]$/.test(count)) throw new katex.ParseError(`Invalid number of arguments: ${count}`);
    const fallback = Number(count) > 0 ? optional(gullet) : null;
    const before = { tokens: gullet.consumeArg().tokens, numArgs: Number(count) };
    gullet.macros.set(beginOf(name), fallback ? withOptional(before, fallback) : before);
    gullet.macros.set(endOf(name), { tokens: gullet.consumeArg().tokens, numArgs: 0 });
    return "";
  }
  katex.__defineMacro("\\newenvironment", environment);
  katex.__defineMacro("\\renewenvironment", environment);

  const nameOf = (group) => group.body.map((letter) => letter.text).join("");

  const callFunction = Parser.callFunction;
  Parser.callFunction = function (command, args, optArgs, token, breakOn) {
    const name = command === "\\begin" && args[0].type === "ordgroup" ? nameOf(args[0]) : "";
    if (!name || !this.gullet.macros.get(beginOf(name))) return callFunction.call(this, command, args, optArgs, token, breakOn);
    const { gullet } = this;
    const { tokens } = tex.columns.content(gullet, name, token);
    gullet.pushTokens([new Token(END), new Token(endOf(name)), ...tokens, new Token(beginOf(name))]);
    gullet.beginGroup();
    const body = this.parseExpression(false, END);
    gullet.endGroup();
    this.expect(END);
    return { type: "ordgroup", mode: this.mode, body, semisimple: true };
  };

  // ---- colours -----------------------------------------------------------------------------------------------

  // The parser reads a colour: by its model, by its name, or as CSS has it.
  const parseColorGroup = Parser.parseColorGroup;
  Parser.parseColorGroup = function (isOptional) {
    const { gullet } = this;
    gullet.consumeSpaces();
    if (gullet.future().text !== "{" || isOptional) return parseColorGroup.call(this, isOptional);
    const { tokens, start, end } = gullet.consumeArg();
    const own = gullet.macros.get(colourOf(textOf(tokens)));
    if (own) return { type: "color-token", mode: this.mode, color: own };
    gullet.pushTokens([end, ...tokens, start]);
    return parseColorGroup.call(this, isOptional);
  };

  // \definecolor{name}{HTML}{1B7F5C}: kept as CSS has it.
  katex.__defineMacro("\\definecolor", (gullet) => {
    const name = textOf(gullet.consumeArg().tokens);
    const model = gullet.consumeArg();
    const written = gullet.consumeArg();
    gullet.macros.set(colourOf(name), tex.colour(textOf(model.tokens), textOf(written.tokens), model.start), true);
    return "";
  });

  katex.__defineMacro("\\colorlet", (gullet) => {
    const name = textOf(gullet.consumeArg().tokens);
    const { tokens, start } = gullet.consumeArg();
    const other = textOf(tokens);
    const known = gullet.macros.get(colourOf(other)) ?? (/^[a-z]+$/i.test(other) ? other : undefined);
    if (!known) throw new katex.ParseError(`Invalid color: '${other}'`, start);
    gullet.macros.set(colourOf(name), known, true);
    return "";
  });

  // ---- packages ----------------------------------------------------------------------------------------------

  // The commands of `physics` that nobody means otherwise are there always; those that change what \div or \Re mean are not.
  const COMMON = "abs absolutevalue norm qty quantity pqty bqty Bqty vqty dd differential dv derivative pdv partialderivative pderivative comm commutator"
    + " acomm anticommutator ev expval expectationvalue mel matrixel matrixelement mqty matrixquantity smqty smallmatrixquantity grad gradient curl laplacian"
    + " vb vectorbold";
  for (const name of COMMON.split(" ")) katex.__defineMacro(`\\${name}`, tex.packages.physics[`\\${name}`]);

  // \require{physics}: its commands hold from here on. Other packages are there always, or not at all.
  katex.__defineMacro("\\require", (gullet) => {
    optional(gullet); // options
    const wanted = tex.packages[textOf(gullet.consumeArg().tokens)] ?? {};
    for (const [name, body] of Object.entries(wanted)) gullet.macros.set(name, body, true);
    return "";
  });
})();
