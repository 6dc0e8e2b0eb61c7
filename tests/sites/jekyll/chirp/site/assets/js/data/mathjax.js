---
layout: compress
# WARNING: keep the front matter
---

{%- comment -%} Read by the browser before MathJax. {%- endcomment -%}
MathJax = {
  tex: {
    inlineMath: [
      ['$', '$'],
      ['\\(', '\\)']
    ],
    displayMath: [
      ['$$', '$$'],
      ['\\[', '\\]']
    ],
    tags: 'ams',
    macros: { argmin: '\\operatorname*{arg\\,min}', E: '{\\mathbb E}' }
  }
};
