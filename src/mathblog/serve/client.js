// mathblog's preview. Put into pages while they are served, never into built files.
(() => {
  "use strict";
  const digest = document.currentScript.dataset.page;
  const events = "/__mathblog/events?page=" + encodeURIComponent(location.pathname) + "&digest=" + digest;
  const key = "mathblog " + location.pathname;
  let stream, build, box;

  // What a reader has done to the page outlives its reload: the place, and which folds are open.
  const folds = () => {
    const seen = {};
    return [...document.querySelectorAll("details")].map((fold) => {
      const name = fold.querySelector("summary")?.textContent || "";
      seen[name] = (seen[name] || 0) + 1;
      return [name + seen[name], fold];
    });
  };
  const reload = () => {
    const open = folds().map(([name, fold]) => [name, fold.open]);
    sessionStorage.setItem(key, JSON.stringify({ x: scrollX, y: scrollY, open }));
    location.reload();
  };
  const saved = JSON.parse(sessionStorage.getItem(key) || "null");
  if (saved) {
    sessionStorage.removeItem(key);
    const open = new Map(saved.open);
    for (const [name, fold] of folds()) if (open.has(name)) fold.open = open.get(name);
    const back = () => scrollTo({ left: saved.x, top: saved.y, behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
  }

  const pathOf = (url) => new URL(url, location).pathname;
  const swap = (link) => {
    const next = link.cloneNode();
    const url = new URL(link.href);
    url.searchParams.set("mathblog", build);
    next.href = url;
    next.onload = next.onerror = () => link.remove();
    link.after(next);
  };
  // Style sheets are exchanged in place; of anything else the page uses, a change needs the page again.
  const refresh = (assets) => {
    const styles = [...document.querySelectorAll("link[rel~=stylesheet]")].filter((link) => pathOf(link.href) !== link.href);
    const used = new Set(performance.getEntriesByType("resource").map((entry) => pathOf(entry.name)));
    for (const asset of assets.map(pathOf)) {
      const links = styles.filter((link) => new URL(link.href).host === location.host && pathOf(link.href) === asset);
      if (links.length) links.forEach(swap);
      else if (used.has(asset)) return reload();
    }
  };

  const make = (name, text, more) => Object.assign(document.createElement(name), { textContent: text }, more);
  const style = `
    :host { all: initial; position: fixed; z-index: 2147483647; font: 14px/1.5 system-ui, sans-serif }
    :host(.failed) { inset: 0; overflow: auto; background: #0009 }
    section { margin: 8vh auto; max-width: 60rem; padding: 1rem 1.5rem; background: #fff; color: #222;
      border-top: 4px solid #c22; border-radius: 6px }
    :host(.noted) { right: 1rem; bottom: 1rem; max-width: min(40rem, 90vw) }
    :host(.noted) section { margin: 0; padding: .4rem .8rem; border-top-color: #c80; box-shadow: 0 2px 12px #0005 }
    pre { overflow: auto; margin: 0 0 1rem; font: 13px/1.45 ui-monospace, monospace; white-space: pre }
    a { color: #06c } button { float: right; border: 0; background: none; font: inherit; cursor: pointer }
    summary { cursor: pointer } details[open] { max-height: 50vh; overflow: auto }`;
  const show = ({ failed, problems }) => {
    const now = JSON.stringify([failed, problems]);
    if (box?.now === now) return;
    box?.remove();
    box = null;
    if (!problems.length || sessionStorage.getItem("mathblog closed") === now) return;
    box = Object.assign(document.createElement("mathblog-note"), { className: failed ? "failed" : "noted", now });
    const shut = make("button", "\u2715", { title: "Close", onclick: () => {
      sessionStorage.setItem("mathblog closed", now);
      box?.remove();
    } });
    const list = make(failed ? "div" : "details", "");
    if (!failed) list.append(make("summary", problems.length + (problems.length > 1 ? " warnings" : " warning")));
    for (const { place, link, text } of problems) {
      list.append(link ? make("a", place, { href: link }) : make("b", place), make("pre", text));
    }
    const section = make("section", "", { role: failed ? "alert" : "status" });
    section.append(shut, list);
    box.attachShadow({ mode: "open" }).append(make("style", style), section);
    document.documentElement.append(box);
    box.shut = shut.onclick;
  };
  addEventListener("keydown", (event) => event.key === "Escape" && box?.shut());

  const act = (news) => {
    const missed = build && build !== news.build && !("assets" in news);
    build = news.build;
    if (news.navigate && pathOf(news.navigate) !== location.pathname) return location.assign(news.navigate);
    if (news.reload || news.assets === null) return reload();
    if (missed) document.querySelectorAll("link[rel~=stylesheet]").forEach((link) => pathOf(link.href) && swap(link));
    refresh(news.assets || []);
    show(news);
  };
  // Only a page that is seen listens: browsers grant few connections to a server.
  const leave = () => stream?.close();
  const listen = () => {
    leave();
    if (document.hidden) return;
    stream = new EventSource(events);
    stream.onmessage = (event) => act(JSON.parse(event.data));
    stream.addEventListener("end", () => build = build || "");
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
