// mathblog's preview: put into pages while they are served, never into built files.
(() => {
  const page = location.pathname, store = sessionStorage, closed = "mathblog";
  const events = `/__mathblog/events?page=${encodeURIComponent(page)}&digest=${document.currentScript.dataset.page}`;
  const all = (query) => [...document.querySelectorAll(query)];
  const pathOf = (url) => unescape(new URL(url, location).pathname);
  let stream, build, box;

  // What a reader did to the page outlives its reload: the place, and which folds are open.
  const folds = () => {
    const seen = {};
    return all("details").map((fold) => {
      const name = fold.firstElementChild?.textContent;
      return [name + (seen[name] = (seen[name] || 0) + 1), fold];
    });
  };
  const reload = () => {
    store[page] = JSON.stringify([scrollX, scrollY, folds().map(([name, fold]) => [name, fold.open])]);
    location.reload();
  };
  if (store[page]) {
    const [left, top, open] = JSON.parse(store[page]), known = new Map(open);
    delete store[page];
    for (const [name, fold] of folds()) fold.open = known.get(name) ?? fold.open;
    const back = () => scrollTo({ left, top, behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
  }

  // Style sheets are exchanged in place; a change of anything else that the page uses loads it again.
  const swap = (link) => {
    const next = link.cloneNode();
    next.href = `${link.href.split("?")[0]}?${build}`;
    next.onload = next.onerror = () => link.remove();
    link.after(next);
  };
  const refresh = (assets) => {
    const own = all("link[rel~=stylesheet]").filter(({ href }) => href.startsWith(location.origin));
    const used = performance.getEntriesByType("resource").map((entry) => pathOf(entry.name));
    for (const asset of (assets || own.map((link) => link.href)).map(pathOf)) {
      const links = own.filter((link) => pathOf(link.href) == asset);
      if (!links.length && used.includes(asset)) return reload();
      links.map(swap);
    }
  };

  const make = (name, parts, more) => {
    const made = Object.assign(document.createElement(name), more);
    made.append(...parts);
    return made;
  };
  const show = (failed, problems) => {
    const now = JSON.stringify([failed, problems]), className = failed ? "failed" : "";
    if (box?.now == now) return;
    box?.remove();
    box = null;
    if (!problems.length || store[closed] == now) return;
    const close = () => {
      store[closed] = now;
      box.remove();
    };
    const severityOf = (text) => (text.startsWith("error") ? "error" : "warning");
    const kindOf = (line, index) => (index ? (/^ *\| *\^/.test(line) ? "mark" : /^ *= /.test(line) ? "hint" : "") : "said");
    const list = problems.map(({ place, link, text }) => {
      const lines = text.split("\n").flatMap((line, index) => [index ? "\n" : "", make("span", [line], { className: kindOf(line, index) })]);
      return make("div", [link ? make("a", [place], { href: link }) : place, make("pre", lines)], { className: severityOf(text) });
    });
    const counted = ["error", "warning"].flatMap((kind) => {
      const number = problems.filter(({ text }) => severityOf(text) == kind).length;
      return number ? [make("span", [`${number} ${kind}${number > 1 ? "s" : ""}`], { className: kind })] : [];
    });
    const body = failed ? list : [make("details", [make("summary", counted.flatMap((words, index) => [index ? ", " : "", words])), ...list])];
    const shut = make("button", ["✕"], { title: "Close", onclick: close });
    box = make("mathblog-note", [], { className, close, now });
    box.attachShadow({ mode: "open" }).append(make("link", [], { rel: "stylesheet", href: "/__mathblog/client.css" }), make("section", [shut, ...body], { className, role: "alert" }));
    document.body.append(box);
  };
  addEventListener("keydown", (event) => event.key == "Escape" && box?.close());

  const act = (news) => {
    const missed = build && build != news.build && !("assets" in news);
    build = news.build;
    if (news.navigate && pathOf(news.navigate) != pathOf(page)) location = news.navigate;
    else if (news.reload || news.assets === null) reload();
    else {
      refresh(missed ? null : news.assets || []);
      show(news.failed, news.problems);
    }
  };
  // Only a page that is seen listens: browsers allow few connections.
  const listen = (event) => {
    stream?.close();
    if (document.hidden || event?.type == "pagehide") return;
    stream = new EventSource(events);
    stream.onmessage = (event) => act(JSON.parse(event.data));
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", listen);
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
