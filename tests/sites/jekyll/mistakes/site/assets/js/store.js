---
layout: null
---
var store = [
  {%- for c in site.collections -%}
    {%- if forloop.last -%}{%- assign l = true -%}{%- endif -%}
    {%- assign docs = c.docs | where_exp:'doc','doc.search != false' -%}
    {%- for doc in docs -%}
      {%- if doc.header.teaser -%}{%- capture teaser -%}{{ doc.header.teaser }}{%- endcapture -%}{%- else -%}{%- assign teaser = site.teaser -%}{%- endif -%}
      {
        "title": {{ doc.title | jsonify }},
        "excerpt": {{ doc.content | newline_to_br | replace: "<br />", " " | replace: "</p>", " " | replace: "</h2>", " " | strip_html | strip_newlines | truncatewords: 12 | jsonify }},
        "categories": {{ doc.categories | jsonify }},
        "tags": {{ doc.tags | jsonify }},
        "url": {{ doc.url | relative_url | jsonify }},
        "teaser": {{ teaser | relative_url | jsonify }}
      }{%- unless forloop.last and l -%},{%- endunless -%}
    {%- endfor -%}
  {%- endfor -%}]
