---
---
// Searches {{ site.posts | size }} posts and {{ site.lectures.size }} lectures.
fetch("{{ '/search.json' | relative_url }}").then(r => r.json()).then(index => {
  window.courseIndex = index;
});
