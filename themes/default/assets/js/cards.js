// Cards with the targets of references, citations and notes; links work without them.
(() => {
  const card = document.createElement("div");
  Object.assign(card, { id: "_card", className: "card", popover: "manual", role: "tooltip" });
  document.body.append(card);
  const pages = {};
  let timer, shown;

  const load = async (url) => new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");

  async function show(link) {
    if (link.origin !== location.origin) return;
    const [url, id] = link.href.split("#");
    const page = url === location.href.split("#")[0] ? document : await (pages[url] ??= load(url));
    const found = page.getElementById(decodeURIComponent(id));
    const target = found?.closest(".equation, .math-display") ?? found;
    if (!target || link !== shown) return;
    card.innerHTML = target.outerHTML;
    for (const part of card.querySelectorAll("[id], .reversefootnote, button"))
      part.id ? part.removeAttribute("id") : part.remove();
    card.showPopover();
    const at = link.getBoundingClientRect();
    const tall = card.offsetHeight + 3;
    const above = at.bottom + tall > innerHeight && at.top > tall;
    card.style.top = `${above ? at.top - tall : at.bottom + 3}px`;
    card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 24))}px`;
    link.setAttribute("aria-describedby", card.id);
  }

  function hide() {
    shown = shown?.removeAttribute("aria-describedby");
    card.hidePopover();
  }

  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  for (const type of ["pointerover", "focusin"])
    addEventListener(type, ({ target, pointerType }) => {
      clearTimeout(timer);
      if (card.contains(target)) return;
      const link = pointerType !== "touch" && target.closest?.("a.eqref, a.cite, a.footnote");
      if (!link) timer = setTimeout(hide, 200);
      else if (link !== shown) {
        hide();
        shown = link;
        timer = setTimeout(show, pointerType ? 300 : 0, link);
      }
    });
})();
