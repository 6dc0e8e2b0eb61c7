// Runs one script of a site in an empty context, and says what it tells MathJax and KaTeX: data out, nothing in.
// There is no page: whatever a script asks for is a ghost, which answers everything with another ghost.

var sandbox = (() => {
  "use strict";

  const CALLS = 500; // listeners that are called
  const DEEPEST = 40;
  const MOST = 20_000; // values of one configuration
  const OWN = globalThis;

  // The same script says the same at any time.
  const Clock = Date;
  OWN.Date = class extends Clock { constructor(...parts) { super(...(parts.length ? parts : [0])); } };
  OWN.Date.now = () => 0;
  Math.random = () => 0.5;

  const waiting = [];
  const found = [];
  const names = new WeakMap(); // of ghosts

  function later(...values) {
    for (const value of values) if (typeof value === "function" && !names.has(value) && waiting.length < CALLS) waiting.push(value);
  }

  function ghost(name, own = {}) {
    const values = Object.assign(Object.create(null), own);
    const answer = (...parts) => { later(...parts.flat()); return ghost(`${name}()`); };
    const self = new Proxy(function () {}, {
      has: () => true,
      get(_, key) {
        if (key in values) return values[key];
        if (key === Symbol.toPrimitive) return () => "";
        if (key === Symbol.iterator) return function* () {};
        if (typeof key === "symbol") return undefined;
        if (key === "length") return 0;
        return (values[key] = ghost(`${name}.${key}`));
      },
      set(_, key, value) {
        if (/^on[a-z]/.test(String(key))) later(value);
        values[key] = value;
        return true;
      },
      apply: (_, __, parts) => answer(...parts),
      construct: (_, parts) => answer(...parts),
      defineProperty: () => true,
      deleteProperty: (_, key) => delete values[key],
      ownKeys: () => ["prototype"],
    });
    names.set(self, name);
    return self;
  }

  const record = (kind, value) => { if (value && (typeof value === "object" || names.has(value))) found.push([kind, value]); };

  // MathJax 2 is there before the scripts that set it up; later ones look whether an object of this name is.
  const hub = ghost("MathJax.Hub", { Config: (value) => record("mathjax2", value) });
  const tex = ghost("MathJax.InputJax.TeX", {
    Macro: (name, ...parts) => record("mathjax2", { TeX: { Macros: { [name]: parts } } }),
  });
  const version2 = ghost("MathJax", { Hub: hub, InputJax: ghost("MathJax.InputJax", { TeX: tex }) });

  const katex = ghost("katex", {
    render: (_, __, options) => record("katex", options ?? {}),
    renderToString: (_, options) => record("katex", options ?? {}),
    __defineMacro: (name, body) => record("katex", { macros: { [name]: body } }),
  });

  const BUILT_IN = new Set(Object.getOwnPropertyNames(OWN));

  function globals(text) {
    const values = Object.assign(Object.create(null), {
      MathJax: /\bMathJax\s*\.\s*(?:Hub|InputJax|Ajax)\b/.test(text) ? version2 : undefined,
      renderMathInElement: (_, options) => record("katex", options ?? {}),
      katex,
    });
    const page = new Proxy(values, {
      has: (_, key) => typeof key === "string",
      get(_, key) {
        if (key in values) return values[key];
        if (["window", "globalThis", "self", "top", "parent", "frames"].includes(key)) return page;
        if (typeof key === "symbol") return undefined;
        if (BUILT_IN.has(key) && key !== "sandbox") return OWN[key];
        return (values[key] = ghost(key));
      },
      set(_, key, value) {
        if (/^on[a-z]/.test(String(key))) later(value);
        values[key] = value;
        return true;
      },
    });
    return page;
  }

  // A value as JSON has it; what is a ghost is named, functions and what is too deep or too much are left out.
  function plain(value, unknown) {
    let count = 0;
    const copy = (it, depth, path) => {
      if (++count > MOST || depth > DEEPEST) return null;
      if (names.has(it)) { unknown.push([path, names.get(it)]); return null; }
      if (Array.isArray(it)) return it.map((item, index) => copy(item, depth + 1, `${path}.${index}`));
      if (typeof it === "string" || typeof it === "boolean" || Number.isFinite(it)) return it;
      if (!it || typeof it !== "object" || it instanceof RegExp) return null;
      return Object.fromEntries(Object.keys(it).map((key) => [key, copy(it[key], depth + 1, `${path}.${key}`)]));
    };
    return copy(value, 0, "");
  }

  // MathJax 3 calls `startup.ready` when it is there; what that changes in `MathJax.config` holds.
  function start(MathJax, failures) {
    const { ready } = MathJax.startup ?? {};
    if (typeof ready !== "function" || names.has(ready)) return;
    for (const part of ["tex", "options", "loader"]) MathJax[part] ??= {};
    MathJax.config = { ...MathJax };
    MathJax.startup = { ...MathJax.startup, defaultReady: () => {}, promise: ghost("promise"), document: ghost("document") };
    attempt(() => ready.call(MathJax.startup), failures);
    delete MathJax.config;
  }

  function attempt(run, failures) {
    try { run(); } catch (error) { failures.push(String(error)); }
  }

  const compiles = (text, failures = []) => { attempt(() => new Function(text), failures); return !failures.length; };

  return {
    // Runs a script after those that define what it uses; answers with configurations by their kind, and what failed.
    run(request) {
      const { helpers, script } = JSON.parse(request);
      const failures = [];
      const page = globals(script);
      const text = [...helpers.filter((helper) => compiles(helper)), script].join("\n;\n");
      if (compiles(script, failures)) attempt(() => new Function("page", `with (page) {\n${text}\n}`).call(page, page), failures);
      for (let index = 0; index < waiting.length; index++) attempt(() => waiting[index].call(page, ghost("event")), failures);
      const { MathJax } = page;
      if (MathJax && !names.has(MathJax)) {
        start(MathJax, failures);
        record("mathjax", MathJax);
      }
      const configurations = found.map(([kind, value]) => {
        const unknown = [];
        return { kind, value: plain(value, unknown), unknown };
      });
      return JSON.stringify({ configurations, failures: failures.slice(0, 5) });
    },
  };
})();
