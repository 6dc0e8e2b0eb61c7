MathJax = { tex: { inlineMath: [ ['$', '$'], ['\\(', '\\)'] ], displayMath: [ ['$$', '$$'], ['\\[', '\\]'] ], tags: 'ams', macros: { argmin: '\\operatorname*{arg\\,min}', E: '{\\mathbb E}' } } };
