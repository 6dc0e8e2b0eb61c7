// The button for light or dark. What a reader chose is remembered; the head of each page sets it before anything is shown.
(() => {
  const root = document.documentElement;
  const button = document.querySelector(".scheme");
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const show = () => {
    button.ariaPressed = isDark();
    if (root.dataset.theme)
      for (const part of document.querySelectorAll('source[media*="color-scheme"], source[data-dark]')) {
        part.dataset.dark = "";
        part.media = isDark() ? "screen" : "not all";
      }
  };
  button.hidden = false;
  show();
  button.onclick = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    show();
    try { localStorage.scheme = root.dataset.theme; } catch { /* a private window remembers nothing */ }
  };
})();
