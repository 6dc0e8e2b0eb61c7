---
layout: none
---
var TEXT_SEARCH_DATA = {
{%- for _collection in site.collections -%}
  {%- if _collection.docs.size > 0 -%}
  '{{ _collection.label }}':[
  {%- for _article in _collection.docs -%}{%- unless forloop.first -%},{%- endunless -%}
    {'title':{{ _article.title | jsonify }},{%- include snippets/prepend-baseurl.html path=_article.url -%}
    {%- assign _url = __return -%}'url':{{ _url | jsonify }}}
  {%- endfor -%}],
  {%- endif -%}
{%- endfor -%}};
