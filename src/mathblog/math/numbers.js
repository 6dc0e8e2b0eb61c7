// Which rows of an environment have a number: all (`ams`), those with a `\label` (`labelled`), none but by `\tag` (`none`).

(() => {
  "use strict";

  // KaTeX begins a row with \@eqnsw at "1", counts the row where it still is, and \notag defines it as another macro.
  // Here a row begins at "0" where it has no number of its own, and \label sets "1".
  const { Macros } = tex;
  const { set } = Macros;
  Macros.set = function (name, value, isGlobal) {
    const begins = name === "\\@eqnsw" && value === "1" && tex.number !== "ams";
    set.call(this, name, begins ? "0" : value, isGlobal);
  };

  katex.__defineMacro("\\label", (gullet) => {
    gullet.consumeArg();
    if (tex.number === "labelled" && gullet.macros.get("\\@eqnsw") === "0") set.call(gullet.macros, "\\@eqnsw", "1", true);
    return "";
  });
})();
