// The search: a box that `/` opens on every page, for which `search-open.js` loads this, and the one on pages of search. The index is asked for when a box is opened:
// titles, headings and tags, or Pagefind's of whole texts.
(() => {
  const root = new URL("../../", document.currentScript.src);
  const link = document.querySelector(".search-open");
  const SHOWN = 12;
  const BEFORE = 60;
  const AFTER = 180;
  // as in mathblog's site/search/tokens.py: scripts without blanks between words, and marks in the texts of the index
  const WITHOUT_BLANKS = "\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const [GLUE, OPEN, CLOSE] = ["\ue002", "\ue000", "\ue001"];
  const RUN = new RegExp(`[${WITHOUT_BLANKS}]+`, "gu");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().normalize("NFC");
  const make = (tag, className, ...children) => {
    const element = Object.assign(document.createElement(tag), { className });
    element.append(...children);
    return element;
  };
  const html = (text) => Object.assign(document.createElement("template"), { innerHTML: text }).content;

  let index;
  const load = () => (index ??= new Promise((resolve, reject) => {
    globalThis.mathblogSearch = async ({ titles, full }) => {
      if (titles) return resolve((query) => findTitles(titles, query));
      const pagefind = await import(new URL("assets/search/pagefind/pagefind.js", root));
      resolve((query) => findTexts(pagefind, query));
    };
    const script = Object.assign(document.createElement("script"), { src: new URL("assets/search/index.js", root) });
    script.onerror = reject;
    document.head.append(script);
  }));

  function address(path) {
    const url = new URL(path.replace(/^\//, ""), root);
    // a disk completes no addresses
    if (url.protocol === "file:") url.pathname += url.pathname.endsWith("/") ? "index.html" : /\.\w+$/.test(url.pathname) ? "" : ".html";
    return url.href;
  }

  // titles, headings and tags: each word may stand anywhere in them; what has more of the words comes first, and titles before headings

  function findTitles(titles, query) {
    const words = plain(query).replace(/[\\{}$^_]+/g, " ").split(/\s+/).filter(Boolean);
    const count = (text) => words.filter((word) => text.includes(word)).length;
    const found = titles.map(([url, title, said, tags, headings]) => {
      const hits = headings.filter(([, text]) => count(plain(text)));
      const [inTitle, inTags] = [plain(`${said} ${said.replace(/[\\{}$^_]+/g, " ")}`), plain(tags.join(" "))];
      const all = [inTitle, inTags, ...hits.map(([, text]) => plain(text))].join("\n");
      return { url, title, tags, hits, inTags: count(inTags), score: count(all) + count(inTitle) / 10 + count(inTags) / 100 };
    }).filter(({ score }) => score > 0).sort((left, right) => right.score - left.score);
    const most = Math.floor(found[0]?.score ?? 0);
    return found.filter(({ score }) => score >= most).slice(0, 3 * SHOWN).map(({ url, title, tags, hits, inTags }) => {
      const item = make("li", "", Object.assign(make("a", "", html(title)), { href: address(url) }));
      if (inTags) item.append(make("p", "search-tags", tags.join(" · ")));
      const sections = hits.slice(0, 3).map(([id, text]) => section(url, id, text));
      if (sections.length) item.append(make("p", "search-sections", ...sections));
      return item;
    });
  }

  const section = (url, id, ...text) => Object.assign(make("a", "search-section", ...text), { href: `${address(url)}#${encodeURIComponent(id)}` });

  // whole texts: where a script has no blanks a run of signs is a phrase, all else are words

  function split(query) {
    const words = query.normalize("NFC").replace(RUN, " ").replace(/[\\{}$^_]+/g, " ").replace(/\p{Sm}/gu, " $& ").replace(/\s+/g, " ").trim();
    const phrases = (query.match(RUN) ?? []).map((run) => `"${[...run].join(" ")}"`);
    return [...phrases, words].filter(Boolean);
  }

  async function findTexts(pagefind, query) {
    const answers = await Promise.all(split(query).map((part) => pagefind.search(part)));
    const found = answers.slice(1).reduce(
      (kept, { results }) => kept.flatMap((hit) => {
        const other = results.find(({ id }) => id === hit.id);
        return other ? [{ id: hit.id, score: hit.score + other.score, parts: [...hit.parts, other] }] : [];
      }),
      answers[0].results.map((result) => ({ id: result.id, score: result.score, parts: [result] })),
    );
    found.sort((left, right) => right.score - left.score);
    const read = await Promise.all(found.slice(0, 2 * SHOWN).map(({ parts }) => Promise.all(parts.map((part) => part.data()))));
    return Promise.all(read.filter(([{ content }]) => means(content, query)).slice(0, SHOWN).map(showText));
  }

  // Pagefind takes `n` for `nothing` where it knows no nearer word: at least the first half of each must be there
  const means = (content, query) => {
    const text = plain(content);
    const words = plain(query).split(/[^\p{L}\p{N}]+/u).filter((word) => word && !word.match(RUN));
    return words.every((word) => text.includes(word.slice(0, Math.ceil(word.length / 2))));
  };

  async function showText(parts) {
    const { raw_url: url, meta, content, anchors = [] } = parts[0];
    const words = content.split(/\s+/);
    const hits = new Set(parts.flatMap(({ locations }) => locations));
    const [start, end, hit] = choose(words, [...hits].sort((left, right) => left - right));
    const title = meta.title.split(/\s+/);
    const heading = anchors.filter((anchor) => anchor.location <= hit && /^h[2-6]$/.test(anchor.element)).pop();
    const shown = words.slice(start, end);
    let maths = [];
    if ([...title, ...shown, heading?.text ?? ""].some((word) => word.includes(OPEN))) {
      const file = url.replace(/^\//, "").replace(/(^|\/)$/, "$1index.html");
      maths = await fetch(new URL(`assets/search/maths/${encodeURI(file)}.json`, root)).then((answer) => answer.ok ? answer.json() : [], () => []);
    }
    const item = make("li", "", Object.assign(make("a", "", write(title, maths)), { href: address(url) }));
    if (heading) item.append(make("p", "search-sections", section(url, heading.id, write(heading.text.split(/\s+/), maths))));
    item.append(make("p", "search-excerpt", write(shown, maths, (at) => hits.has(start + at))));
    return item;
  }

  // the stretch with most of what was looked for, around one of its places; it holds formulas whole
  function choose(words, hits) {
    const near = (hit) => hits.filter((other) => other >= hit && other < hit + 30).length;
    const hit = hits.reduce((best, other) => (near(other) > near(best) ? other : best), hits[0] ?? 0);
    let [start, end] = [hit, hit + 1];
    for (let size = 0; start > 0 && size < BEFORE; size += words[start].length + 1) start--;
    for (let size = 0; end < words.length && size < AFTER; size += words[end - 1].length + 1) end++;
    const within = (at) => words.lastIndexOf(CLOSE, at - 1) < words.findLastIndex((word, place) => place < at && word.startsWith(OPEN));
    if (within(start)) start = words.findLastIndex((word, place) => place < start && word.startsWith(OPEN));
    if (within(end)) end = words.indexOf(CLOSE, end) + 1;
    return [start, end, hit];
  }

  function write(words, maths, isHit = () => false) {
    const fragment = document.createDocumentFragment();
    for (let at = 0; at < words.length; at++) {
      let [node, hit, glued] = [words[at].replace(GLUE, ""), isHit(at), words[at].endsWith(GLUE)];
      if (words[at].startsWith(OPEN)) {
        const number = Number([...words[at].slice(1)].map((digit) => digit.codePointAt() - 0xe010).join(""));
        const open = at;
        for (; at < words.length && words[at] !== CLOSE; at++) hit ||= isHit(at);
        node = html(maths[number] ?? "");
        if (!node.childNodes.length) node = words.slice(open + 1, at).join(" ");
      }
      fragment.append(hit ? make("mark", "", node) : node, glued ? "" : " ");
    }
    return fragment;
  }

  // a box: typing searches, arrows walk through what was found, Enter takes the first, Escape leaves

  function listen(form) {
    const input = form.querySelector("input");
    const [none, list] = [form.querySelector(".search-none"), form.querySelector("ul")];
    let turn = 0;
    async function search() {
      const own = ++turn;
      const query = input.value.trim();
      list.ariaBusy = true;
      const found = query ? await load().then((find) => find(query), () => []) : [];
      if (own !== turn) return;
      list.replaceChildren(...found);
      list.ariaBusy = false;
      none.textContent = query && !found.length ? form.dataset.none : "";
    }
    form.hidden = false;
    form.onsubmit = (event) => {
      event.preventDefault();
      list.querySelector("a")?.click();
    };
    input.onfocus = () => load().catch(() => {});
    input.oninput = search;
    form.onkeydown = (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step && event.key !== "Escape") return;
      event.preventDefault(); // Escape would also empty the box
      if (event.key === "Escape" && dialog?.open) {
        dialog.close();
        input.blur(); // a browser leaves the focus in a hidden box until it paints, and `/` would be typed there
      } else if (event.key === "Escape") {
        input.value = "";
        search();
        input.focus();
      }
      if (!step) return;
      const links = [...list.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement) + step;
      (links[at] ?? input).focus();
    };
    return (query) => {
      input.value = query;
      if (query) search();
    };
  }

  let dialog;
  function open() {
    if (!dialog) {
      const { label, none } = link.dataset;
      const input = Object.assign(make("input", ""), { type: "search", name: "q", autocomplete: "off", spellcheck: false, ariaLabel: label, placeholder: label });
      const form = make("form", "search", input, Object.assign(make("p", "search-none"), { role: "status" }), make("ul", "search-results"));
      form.role = "search";
      form.dataset.none = none;
      dialog = Object.assign(make("dialog", "search-box", form), { ariaLabel: label });
      dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
      document.body.append(dialog);
      listen(form);
    }
    dialog.showModal();
    dialog.querySelector("input").select();
  }

  if ("open" in document.currentScript.dataset) open(); // `search-open.js` was asked
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  const own = document.querySelector("main .search");
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || dialog?.open) return;
    if (own) own.querySelector("input").focus();
    else if (link) open();
    else return;
    event.preventDefault();
  });
  if (own) {
    const ask = listen(own);
    const asked = new URLSearchParams(location.search).get("q");
    const guess = "guess" in own.dataset && decodeURIComponent(location.pathname).split("/").filter(Boolean).pop();
    ask(asked ?? (guess || "").replace(/\.html?$/, "").replace(/[-_+\d]+/g, " ").trim());
    if (asked === null && !("guess" in own.dataset)) own.querySelector("input").focus();
  }
})();
