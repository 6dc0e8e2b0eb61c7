// The button for light or dark. What a reader chose is remembered; the head of each page sets it before anything is shown.
(() => {
  const root = document.documentElement;
  const button = document.querySelector(".scheme");
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  button.hidden = false;
  button.ariaPressed = isDark();
  button.onclick = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    button.ariaPressed = isDark();
    try { localStorage.scheme = root.dataset.theme; } catch { /* a private window remembers nothing */ }
  };
})();
