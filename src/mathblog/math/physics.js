// The commands of the package `physics`, as MathJax 3 reads them (its `PhysicsMethods`): active where a site loads it, since they
// change what `\div`, `\sin` or `\Re` mean.

tex.packages.physics = (() => {
  "use strict";

  const { optional, isNext } = tex;
  const { CLOSING, fill, next, argument, letters, between, size, fence } = tex.brackets;
  const D = "\\mathrm{d}";

  // ---- brackets ----------------------------------------------------------------------------------------------

  const quantity = (gullet) => {
    const big = size(gullet);
    if (next(gullet) === "{") return fill(gullet, fence("\\{", "#1", "\\}", { big }), argument(gullet));
    for (const open of Object.keys(CLOSING)) {
      const inner = between(gullet, open);
      if (inner) return fill(gullet, fence(open, "#1", CLOSING[open], { big }), inner);
    }
    return "\\left(\\right)";
  };

  const fenced = (open, close, before = "") => (gullet) => {
    const wish = { star: isNext(gullet, "*"), big: size(gullet) };
    return fill(gullet, before + fence(open, "#1", close, wish), argument(gullet));
  };

  const commutator = (open, close) => (gullet) => {
    const wish = { star: isNext(gullet, "*"), big: size(gullet) };
    const first = argument(gullet);
    return fill(gullet, fence(open, "#1,#2", close, wish), first, argument(gullet));
  };

  // \eval{f}_0^1, \eval(f|_0^1, \eval[f|_0^1
  const evaluated = (gullet) => {
    const inner = isNext(gullet, "*") ? "\\smash{#1}" : "#1";
    const open = next(gullet);
    const found = open === "(" || open === "[" ? between(gullet, open, "|") : argument(gullet);
    if (!found) throw new katex.ParseError("\\eval needs a closing |", gullet.future());
    return fill(gullet, `\\left${open === "(" || open === "[" ? open : "."}${inner}\\vphantom{\\int}\\right|`, found);
  };

  // An operator before brackets that grow; `fences` are those that do.
  const operator = (body, fences) => (gullet) => {
    const open = next(gullet);
    if (!fences.includes(open)) return body;
    if (open === "{") return fill(gullet, `${body}\\mathopen{}\\left\\{#1\\right\\}\\mathclose{}`, argument(gullet));
    const inner = between(gullet, open);
    return inner ? fill(gullet, `${body}\\mathopen{}\\left${open}#1\\right${CLOSING[open]}\\mathclose{}`, inner) : body;
  };

  // \sin[2](x)
  const named = (body, powers = true) => (gullet) => {
    const power = powers ? optional(gullet) : null;
    const inner = between(gullet, "(");
    const brackets = inner ? `\\mathopen{}\\left(#${power ? 2 : 1}\\right)\\mathclose{}` : "";
    return fill(gullet, body + (power ? "^{#1}" : "") + brackets, ...(power ? [power] : []), ...(inner ? [inner] : []));
  };

  // ---- derivatives -------------------------------------------------------------------------------------------

  // \dd, \dd x, \dd[3]{x}, \dd(\cos\theta)
  const differential = (sign) => (gullet) => {
    const power = optional(gullet);
    const parts = power ? [power] : [];
    const head = sign + (power ? "^{#1}" : "");
    if (next(gullet) === "{") return fill(gullet, `\\mathop{${head}#${parts.length + 1}}\\nolimits`, ...parts, argument(gullet));
    const inner = between(gullet, "(");
    return inner ? fill(gullet, `${head}\\left(#${parts.length + 1}\\right)`, ...parts, inner) : fill(gullet, head, ...parts);
  };

  // \dv{x}, \dv[2]{f}{x}, \pdv{f}{x}{y}, \dv*{f}{x}, \dv{x}(f)
  const derivative = (sign, most) => (gullet) => {
    const star = isNext(gullet, "*");
    const order = optional(gullet);
    const given = [argument(gullet)];
    while (given.length < most && next(gullet) === "{") given.push(argument(gullet));
    const mixed = given.length > 2;
    const power = mixed ? letters(String(given.length - 1)) : order ?? [];
    const raised = mixed || order ? "^{#4}" : "";
    const above = `${sign}${raised}#1`;
    const below = `${sign} #2${mixed ? "" : raised}${mixed ? `${sign} #3` : ""}`;
    const [first, second, third] = given.length > 1 ? given : [[], given[0]];
    const body = star ? `\\left.${above}\\middle/${below}\\right.` : `\\frac{${above}}{${below}}`;
    const inner = between(gullet, "(");
    return fill(gullet, `${body}${inner ? "\\left(#5\\right)" : ""}\\@secondoftwo{#3#4#5}{}`, first, second, third ?? [], power, inner ?? []);
  };

  // ---- brackets of quantum mechanics -------------------------------------------------------------------------

  const angles = (inner, star) => star ? `\\langle ${inner}\\rangle ` : `\\left\\langle ${inner}\\right\\rangle `;
  const bar = (star) => star ? "\\vert " : "\\middle\\vert ";

  const bra = (gullet) => {
    let star = isNext(gullet, "*");
    const left = argument(gullet);
    if (next(gullet) !== "\\ket") return fill(gullet, star ? "\\langle #1\\vert " : "\\left\\langle #1\\right\\vert ", left);
    gullet.popToken();
    star = isNext(gullet, "*") || star;
    return fill(gullet, angles(`#1${bar(star)}#2`, star), left, argument(gullet));
  };

  const ket = (gullet) => {
    const star = isNext(gullet, "*");
    return fill(gullet, star ? "\\vert #1\\rangle " : "\\left\\vert #1\\right\\rangle ", argument(gullet));
  };

  const second = (gullet, first) => next(gullet) === "{" ? argument(gullet) : first;

  const braket = (gullet) => {
    const star = isNext(gullet, "*");
    const left = argument(gullet);
    return fill(gullet, angles(`#1${bar(star)}#2`, star), left, second(gullet, left));
  };

  const ketbra = (gullet) => {
    const star = isNext(gullet, "*");
    const left = argument(gullet);
    const body = star
      ? "\\vert #1\\rangle\\!\\langle #2\\vert "
      : "\\left\\vert #1\\middle\\rangle\\!\\middle\\langle #2\\right\\vert ";
    return fill(gullet, body, left, second(gullet, left));
  };

  // One star keeps the brackets small, two make all of them grow; without, the middle does not count.
  const element = (star, stars) => {
    if (stars) return angles("#1\\middle\\vert #2\\middle\\vert #3", false);
    return star ? angles("#1\\vert #2\\vert #3", true) : "\\left\\langle #1\\right\\vert #2\\left\\vert #3\\right\\rangle ";
  };

  const expectation = (gullet) => {
    const star = isNext(gullet, "*");
    const stars = star && isNext(gullet, "*");
    const inner = argument(gullet);
    if (next(gullet) !== "{") return fill(gullet, angles("#1", star), inner);
    const state = argument(gullet);
    return fill(gullet, element(star, stars), state, inner, state);
  };

  const matrixElement = (gullet) => {
    const star = isNext(gullet, "*");
    const stars = star && isNext(gullet, "*");
    const parts = [argument(gullet), argument(gullet), argument(gullet)];
    return fill(gullet, element(star, stars), ...parts);
  };

  // ---- all of them -------------------------------------------------------------------------------------------

  const words = (text, star) => `${star ? "" : "\\quad"}\\text{${text}}\\quad `;
  const starred = (accent) => (gullet) => `\\${accent}{${isNext(gullet, "*") ? "\\boldsymbol" : "\\mathbf"}{#1}}`;
  const bold = (gullet) => isNext(gullet, "*") ? "\\boldsymbol{#1}" : "\\mathbf{#1}";
  const NABLA = "\\boldsymbol{\\nabla}";

  const all = {};
  const add = (names, definition) => { for (const name of names.split(" ")) all[`\\${name}`] = definition; };

  add("quantity qty", quantity);
  add("pqty", fenced("(", ")"));
  add("bqty", fenced("[", "]"));
  add("vqty absolutevalue abs", fenced("|", "|"));
  add("Bqty", fenced("\\{", "\\}"));
  add("norm", fenced("\\|", "\\|"));
  add("order", fenced("(", ")", "\\mathcal{O}"));
  add("evaluated eval", evaluated);
  add("commutator comm", commutator("[", "]"));
  add("anticommutator acomm poissonbracket pb", commutator("\\{", "\\}"));

  add("vectorbold vb", bold);
  add("vectorarrow va", starred("vec"));
  add("vectorunit vu", starred("hat"));
  add("dotproduct vdot", "\\mathbin{\\boldsymbol{\\cdot}}");
  add("crossproduct cross cp", "\\times");
  add("vnabla gradientnabla", NABLA);
  add("gradient grad", operator(NABLA, "(["));
  add("divergence div", operator(`${NABLA}\\vdot `, "(["));
  add("curl", operator(`${NABLA}\\times `, "(["));
  add("laplacian", operator("\\nabla^2", "(["));
  add("real", "ℜ");
  add("imaginary", "ℑ");

  const FUNCTIONS = "sin sinh arcsin asin cos cosh arccos acos tan tanh arctan atan csc csch arccsc acsc sec sech arcsec asec cot coth arccot acot log ln";
  for (const name of FUNCTIONS.split(" ")) add(name, named(`\\operatorname{${name}}`));
  for (const name of ["exp", "tr", "Tr", "erf"]) add(name, named(`\\operatorname{${name}}`, false));
  for (const name of ["det", "Pr"]) add(name, named(`\\operatorname*{${name}}`, false));
  add("trace", named("\\operatorname{tr}", false));
  add("Trace", named("\\operatorname{Tr}", false));
  add("rank", "\\operatorname{rank}");
  add("Residue", "\\mathrm{Res}");
  add("Res", operator("\\operatorname{Res}", "([{"));
  add("principalvalue pv", "\\operatorname{\\mathcal{P}}");
  add("PV", "\\operatorname{P.V.}");
  add("Re", operator("\\operatorname{Re}", "{"));
  add("Im", operator("\\operatorname{Im}", "{"));
  const LONG = {
    sine: "sin", hypsine: "sinh", arcsine: "arcsin", asine: "asin", cosine: "cos", hypcosine: "cosh", arccosine: "arccos",
    acosine: "acos", tangent: "tan", hyptangent: "tanh", arctangent: "arctan", atangent: "atan", cosecant: "csc",
    hypcosecant: "csch", arccosecant: "arccsc", acosecant: "acsc", secant: "sec", hypsecant: "sech", arcsecant: "arcsec",
    asecant: "asec", cotangent: "cot", hypcotangent: "coth", arccotangent: "arccot", acotangent: "acot", exponential: "exp",
    logarithm: "log", naturallogarithm: "ln", determinant: "det", Probability: "Pr",
  };
  for (const [name, short] of Object.entries(LONG)) add(name, `\\operatorname{${short}}`);

  add("qqtext qq", (gullet) => words("#1", isNext(gullet, "*")));
  add("qcomma qc", "\\text{,}\\quad ");
  add("qcc", (gullet) => words("c.c.", isNext(gullet, "*")));
  const WORDS = "if then else otherwise unless given using assume since let for all even odd integer and or as in";
  for (const word of WORDS.split(" ")) add(`q${word}`, (gullet) => words(word, isNext(gullet, "*")));

  add("diffd", D);
  add("flatfrac", "\\left.#1\\middle/#2\\right.");
  add("differential dd", differential(D));
  add("variation var", differential("\\delta "));
  add("derivative dv", derivative(D, 2));
  add("partialderivative pderivative pdv", derivative("\\partial ", 3));
  add("functionalderivative fderivative fdv", derivative("\\delta ", 2));

  add("bra", bra);
  add("ket", ket);
  add("innerproduct ip braket", braket);
  add("outerproduct dyad ketbra op", ketbra);
  add("expectationvalue expval ev", expectation);
  add("matrixelement matrixel mel", matrixElement);

  return all;
})();
