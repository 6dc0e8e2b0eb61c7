// The comments of a post, asked of the service that keeps them when the reader presses the button, and never before.
(() => {
  const section = document.querySelector(".comments");
  const button = section.querySelector("button");
  const { service, page, title, lang } = section.dataset;
  const options = JSON.parse(section.dataset.options);
  const isDark = getComputedStyle(document.documentElement).colorScheme === "dark" ||
    (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);

  function load(source, attributes) {
    const script = document.createElement("script");
    script.async = true;
    for (const [name, value] of Object.entries(attributes)) if (value != null) script.setAttribute(name, value);
    script.src = source;
    section.append(script);
  }

  function place(id, attributes = {}) {
    const box = document.createElement("div");
    box.id = id;
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
    section.append(box);
  }

  const show = {
    giscus() {
      const all = { mapping: "pathname", lang, theme: isDark ? "dark" : "light", ...options };
      const named = Object.entries(all).map(([name, value]) => [`data-${name}`, value === true ? 1 : value === false ? 0 : value]);
      load("https://giscus.app/client.js", { crossorigin: "anonymous", ...Object.fromEntries(named) });
    },
    utterances() {
      const all = { "issue-term": "pathname", theme: isDark ? "github-dark" : "github-light", ...options };
      const known = ["repo", "issue-term", "issue-number", "label", "theme"].map((name) => [name, all[name]]);
      load("https://utteranc.es/client.js", { crossorigin: "anonymous", ...Object.fromEntries(known) });
    },
    disqus() {
      place("disqus_thread");
      window.disqus_config = function () { Object.assign(this.page, { url: page, identifier: page, title }); };
      load(`https://${encodeURIComponent(options.shortname)}.disqus.com/embed.js`, { "data-timestamp": Date.now() });
    },
    cusdis() {
      const named = { host: "https://cusdis.com", ...options, "page-id": page, "page-url": page, "page-title": title };
      place("cusdis_thread", Object.fromEntries(Object.entries(named).map(([name, value]) => [`data-${name}`, value])));
      load("https://cusdis.com/js/cusdis.es.js", {});
    },
  };

  button.hidden = false;
  button.onclick = () => {
    section.replaceChildren();
    show[service]();
  };
})();
