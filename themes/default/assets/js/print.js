// Paper is light: the pictures for dark pages give way before a page is printed. Some browsers ask for that too late.
(() => {
  let kept;
  addEventListener("beforeprint", () => {
    kept = [...document.querySelectorAll('source[media^="screen"]')].map((part) => [part, part.media]);
    for (const [part] of kept) part.media = "not all";
  });
  addEventListener("afterprint", () => {
    for (const [part, media] of kept ?? []) part.media = media;
  });
})();
