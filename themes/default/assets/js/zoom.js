// The whole image of a figure above the page; without this script a link leads to its file.
(() => {
  const box = Object.assign(document.createElement("dialog"), { className: "zoomed" });
  document.body.append(box);
  box.onclick = () => box.close();
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a.zoom");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const picture = link.firstElementChild.cloneNode(true);
    for (const part of picture.querySelectorAll("source[sizes]")) part.sizes = "100vw";
    const image = picture.querySelector("img") ?? picture;
    image.loading = "eager";
    box.ariaLabel = image.alt;
    box.replaceChildren(picture);
    box.showModal();
  });
})();
