// The common commands of the package siunitx: \num, \unit, \qty and their older names \si, \SI; \ang; ranges and lists.
// What they show is siunitx's default: a thin space between number and unit, powers after \per.

(() => {
  "use strict";

  const { Token, textOf, optional, isNext } = tex;
  const THIN = "\\,";

  const PREFIXES = {
    quecto: "q", ronto: "r", yocto: "y", zepto: "z", atto: "a", femto: "f", pico: "p", nano: "n", micro: "µ", milli: "m", centi: "c", deci: "d",
    deca: "da", deka: "da", hecto: "h", kilo: "k", mega: "M", giga: "G", tera: "T", peta: "P", exa: "E", zetta: "Z", yotta: "Y", ronna: "R",
    quetta: "Q", kibi: "Ki", mebi: "Mi", gibi: "Gi", tebi: "Ti",
  };
  const UNITS = {
    ampere: "A", candela: "cd", kelvin: "K", kilogram: "kg", gram: "g", metre: "m", meter: "m", mole: "mol", second: "s",
    becquerel: "Bq", coulomb: "C", farad: "F", gray: "Gy", hertz: "Hz", henry: "H", joule: "J", katal: "kat", lumen: "lm", lux: "lx", newton: "N",
    ohm: "\\Omega", pascal: "Pa", radian: "rad", siemens: "S", sievert: "Sv", steradian: "sr", tesla: "T", volt: "V", watt: "W", weber: "Wb",
    celsius: "^{\\circ}C", degreeCelsius: "^{\\circ}C", degree: "^{\\circ}", arcminute: "'", arcsecond: "''", percent: "\\%",
    minute: "min", hour: "h", day: "d", litre: "L", liter: "L", hectare: "ha", tonne: "t", astronomicalunit: "au", bel: "B", decibel: "dB",
    dalton: "Da", electronvolt: "eV", neper: "Np", bit: "bit", byte: "B", angstrom: "Å", bar: "bar", barn: "b", knot: "kn",
    nauticalmile: "M", mmHg: "mmHg", atomicmassunit: "u", parsec: "pc", lightyear: "ly", molar: "M", year: "a", clight: "c", electron: "e",
    elementarycharge: "e", planckbar: "\\hbar",
    // abbreviations
    fg: "fg", pg: "pg", ng: "ng", ug: "µg", mg: "mg", g: "g", kg: "kg", pm: "pm", nm: "nm", um: "µm", mm: "mm", cm: "cm", dm: "dm", m: "m",
    km: "km", as: "as", fs: "fs", ps: "ps", ns: "ns", us: "µs", ms: "ms", s: "s", fmol: "fmol", pmol: "pmol", nmol: "nmol", umol: "µmol",
    mmol: "mmol", mol: "mol", kmol: "kmol", pA: "pA", nA: "nA", uA: "µA", mA: "mA", A: "A", kA: "kA", uL: "µL", mL: "mL", L: "L", hL: "hL",
    ul: "µL", ml: "mL", l: "L", mHz: "mHz", Hz: "Hz", kHz: "kHz", MHz: "MHz", GHz: "GHz", THz: "THz", mN: "mN", N: "N", kN: "kN", MN: "MN",
    Pa: "Pa", kPa: "kPa", MPa: "MPa", GPa: "GPa", mohm: "m\\Omega", kohm: "k\\Omega", Mohm: "M\\Omega", pV: "pV", nV: "nV", uV: "µV", mV: "mV",
    V: "V", kV: "kV", mW: "mW", uW: "µW", W: "W", kW: "kW", MW: "MW", GW: "GW", J: "J", mJ: "mJ", uJ: "µJ", kJ: "kJ", MJ: "MJ", eV: "eV",
    meV: "meV", keV: "keV", MeV: "MeV", GeV: "GeV", TeV: "TeV", kWh: "kWh", F: "F", fF: "fF", pF: "pF", nF: "nF", uF: "µF", mF: "mF", H: "H",
    mH: "mH", uH: "µH", C: "C", K: "K", mK: "mK", T: "T", mT: "mT", dB: "dB", kB: "kB", MB: "MB", GB: "GB",
  };
  const POWERS = { square: 2, cubic: 3 }; // before a unit
  const RAISED = { squared: 2, cubed: 3 }; // after it

  const tokensOf = (written) => {
    const read = written.match(/\\[a-zA-Z]+|\\.|[^\\]/gu) ?? [];
    return read.map((text) => new Token(text)).reverse();
  };

  // ---- numbers -----------------------------------------------------------------------------------------------

  const NUMBER = /^([<>=≤≥~]|\\(?:le|ge|sim|approx|ll|gg)\b)?([-+]|\\pm|\\mp)?([0-9]*)(?:[.,]([0-9]*))?(?:\(([0-9.,]+)\)|(?:\\pm|\+-)([0-9]+(?:[.,][0-9]+)?))?(?:[eEdD]([-+]?[0-9]+))?$/;

  // Five digits and more stand in groups of three.
  const grouped = (digits) => digits.length < 5 ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, THIN);
  const groupedAfter = (digits) => digits.length < 5 ? digits : digits.replace(/(\d{3})(?=\d)/g, `$1${THIN}`);
  const decimal = (whole, part) => `${grouped(whole || "0")}${part === undefined ? "" : `.${groupedAfter(part)}`}`;

  function number(written, place) {
    const bare = written.replace(/[\s~]|\\,/g, "");
    const parts = /[x×]|\\times/.test(bare) ? bare.split(/x|×|\\times/) : [bare];
    return parts.map((part) => one(part, place)).join(" \\times ");
  }

  function one(bare, place) {
    const found = NUMBER.exec(bare);
    if (!found || !(found[3] || found[4] || found[7])) throw new katex.ParseError(`Invalid number: '${bare}'`, place);
    const [, relation, sign, whole, part, digits, error, power] = found;
    const mantissa = whole || part ? decimal(whole, part) + (digits ? `(${digits})` : "") : "";
    const value = `${sign ? `{${sign}}` : ""}${mantissa}`;
    const uncertain = error ? `${value}\\pm ${decimal(...error.split(/[.,]/))}` : value;
    const raised = power ? `10^{${power.replace("+", "")}}` : "";
    const product = mantissa && raised ? `${error ? `(${uncertain})` : uncertain}\\times ${raised}` : uncertain + raised;
    return `${relation ? `${relation === "~" ? "\\sim" : relation} ` : ""}${product}`;
  }

  // ---- units -------------------------------------------------------------------------------------------------

  // kg.m/s^2 as it stands; \kilo\gram\metre\per\square\second as a product of powers.
  function unit(written, place) {
    const read = written.match(/\\[a-zA-Z]+|\\.|\{[^{}]*\}|[^\\\s]/gu) ?? [];
    const factors = [];
    let [prefix, sign, power] = ["", 1, 1];
    const add = (text) => {
      factors.push({ text: prefix + text, power: sign * power });
      [prefix, sign, power] = ["", 1, 1];
    };
    for (let index = 0; index < read.length; index++) {
      const text = read[index];
      const name = text[0] === "\\" ? text.slice(1) : "";
      if (name === "per") sign = -1;
      else if (PREFIXES[name]) prefix += PREFIXES[name];
      else if (UNITS[name]) add(UNITS[name]);
      else if (POWERS[name]) power = POWERS[name];
      else if (RAISED[name] && factors.length) factors.at(-1).power *= RAISED[name];
      else if ((name === "tothe" || name === "raiseto") && read[index + 1]) {
        const exponent = read[++index].replace(/[{}]/g, "");
        if (name === "raiseto") power = exponent;
        else if (factors.length) factors.at(-1).power = `${factors.at(-1).power < 0 ? "-" : ""}${exponent}`;
      } else if (text === "." || text === "~" || name === "," || name === "cdot") factors.push({ text: "", power: 1 });
      else if (text === "^" || text === "_") factors.push({ text: `${text}${read[++index] ?? "{}"}`, power: 1, glued: true });
      else if (name && name !== "/" && !["Omega", "mu", "circ", "text", "mathrm", "degree", "%", "AA"].includes(name)) {
        throw new katex.ParseError(`Undefined control sequence: ${text}`, place);
      } else factors.push({ text, power: 1, glued: true });
    }
    return `\\mathrm{${factors.map(shown).join("")}}`;
  }

  function shown({ text, power, glued }, index, all) {
    const raised = String(power) === "1" ? text : `${text}^{${power}}`;
    const apart = index && (!text || (!glued && all[index - 1].text && !all[index - 1].glued));
    return `${apart ? THIN : ""}${raised}`;
  }

  // No space stands before the sign of an angle.
  const between = (written) => /^\s*\\(?:degree|arcminute|arcsecond)(?![a-zA-Z])/.test(written) ? "" : THIN;

  // ---- the commands ------------------------------------------------------------------------------------------

  const read = (gullet) => {
    const { tokens, start } = gullet.consumeArg();
    return { written: textOf(tokens), start };
  };
  const define = (names, show) => {
    for (const name of names.split(" ")) {
      katex.__defineMacro(`\\${name}`, (gullet) => {
        optional(gullet); // options
        return { tokens: [new Token("}"), ...tokensOf(show(gullet)), new Token("{")], numArgs: 0 };
      });
    }
  };

  define("num", (gullet) => { const { written, start } = read(gullet); return number(written, start); });
  define("unit si", (gullet) => { const { written, start } = read(gullet); return unit(written, start); });

  const quantity = (gullet) => {
    const [value, of] = [read(gullet), read(gullet)];
    return `${number(value.written, value.start)}${between(of.written)}${unit(of.written, of.start)}`;
  };
  define("SI", quantity);

  define("ang", (gullet) => {
    const { written, start } = read(gullet);
    const signs = ["^{\\circ}", "'", "''"];
    const parts = written.split(";").slice(0, 3);
    return parts.map((part, index) => part.trim() ? `${number(part, start)}${signs[index]}` : "").join("");
  });

  const range = (gullet, isOfUnits) => {
    const [first, last] = [read(gullet), read(gullet)];
    const of = isOfUnits ? read(gullet) : null;
    const after = of ? between(of.written) + unit(of.written, of.start) : "";
    return `${number(first.written, first.start)}${after}\\text{ to }${number(last.written, last.start)}${after}`;
  };
  define("numrange", (gullet) => range(gullet, false));
  define("SIrange qtyrange", (gullet) => range(gullet, true));

  const list = (gullet, isOfUnits) => {
    const { written, start } = read(gullet);
    const of = isOfUnits ? read(gullet) : null;
    const after = of ? between(of.written) + unit(of.written, of.start) : "";
    const items = written.split(";").map((item) => number(item, start) + after);
    const last = items.pop();
    return items.length ? `${items.join("\\text{, }")}\\text{ and }${last}` : last;
  };
  define("numlist", (gullet) => list(gullet, false));
  define("SIlist qtylist", (gullet) => list(gullet, true));

  // \qty is physics' command, too, which takes one argument: a number and another group are siunitx's.
  const { "\\qty": ofPhysics } = tex.packages.physics;
  const either = (gullet) => {
    if (!isQuantity(gullet)) return ofPhysics(gullet);
    optional(gullet);
    return { tokens: [new Token("}"), ...tokensOf(quantity(gullet)), new Token("{")], numArgs: 0 };
  };
  tex.packages.physics["\\qty"] = either;
  katex.__defineMacro("\\qty", either);

  function isQuantity(gullet) {
    const options = optional(gullet);
    const isGroup = tex.brackets.next(gullet) === "{";
    const first = isGroup ? gullet.consumeArg() : null;
    const isOne = isGroup && tex.brackets.next(gullet) === "{" && /^[-+<>~]?[0-9.,]/.test(textOf(first.tokens));
    if (first) gullet.pushTokens([first.end, ...first.tokens, first.start]);
    if (options) gullet.pushTokens([new Token("]"), ...options, new Token("[")]);
    return isOne;
  }
})();
