// A card with the target of a reference, a citation or a note, on hover and focus. Links work without it.
(() => {
  const links = "a.eqref, a.cite, a.footnote";
  const card = document.createElement("div");
  Object.assign(card, { id: "_card", className: "card", popover: "manual", role: "tooltip" });
  document.body.append(card);
  const pages = {};
  let timer, shown;

  const load = async (url) => new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");

  async function show(link) {
    const [url, id] = link.href.split("#");
    if (!url.startsWith(location.origin)) return;
    const page = url === location.href.split("#")[0] ? document : await (pages[url] ??= load(url));
    const found = page.getElementById(decodeURIComponent(id));
    const target = found?.closest(".equation, .math-display") ?? found;
    if (!target || link !== shown) return;
    card.innerHTML = target.localName === "li" ? target.innerHTML : target.outerHTML;
    card.querySelectorAll(".reversefootnote").forEach((part) => part.remove());
    card.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    card.showPopover();
    const at = link.getBoundingClientRect();
    const above = at.bottom + card.offsetHeight > innerHeight - 9 && at.top > card.offsetHeight;
    card.style.top = `${above ? at.top - card.offsetHeight - 3 : at.bottom + 3}px`;
    card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 24))}px`;
    link.setAttribute("aria-describedby", card.id);
  }

  function hide() {
    clearTimeout(timer);
    shown = shown?.removeAttribute("aria-describedby");
    card.hidePopover();
  }

  function turn({ target, type, pointerType }) {
    const link = pointerType !== "touch" && target.closest?.(links);
    if (link && !card.contains(link)) {
      if (link !== shown) hide();
      shown = link;
      timer = setTimeout(show, type === "focusin" ? 0 : 300, link);
    } else if (card.contains(target)) clearTimeout(timer);
    else if (shown) timer = setTimeout(hide, 200);
  }
  addEventListener("pointerover", turn);
  addEventListener("focusin", turn);
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
})();
