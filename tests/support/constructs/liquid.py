"""Every construct of Liquid: its tags, filters and expressions, right, unclosed, nested, many of it."""

from support.constructs import Make, nested, repeated

REPEATED = {
    "outputs": "{{ a }} ",
    "outputs str": "{{ 'a' }} ",
    "outputs open": "{{ a ",
    "outputs open2": "{{",
    "close": "}} ",
    "tags open": "{% if a ",
    "tag open2": "{%",
    "tag open3": "{% ",
    "ifs": "{% if a %}b{% endif %}",
    "ifs open": "{% if a %}",
    "endifs": "{% endif %}",
    "fors": "{% for i in (1..2) %}a{% endfor %}",
    "fors open": "{% for i in a %}",
    "cases open": "{% case 1 %}{% when 2 %}",
    "captures": "{% capture a@ %}b{% endcapture %}",
    "captures open": "{% capture a %}",
    "capture append": "{% capture a %}{{ a }}b{% endcapture %}",
    "assigns": "{% assign a@ = 'b' %}",
    "assigns chain": "{% assign a = a | append: 'b' %}",
    "outputs unknown filter": "{{ 'a' | foo@ }}",
    "unknown tags": "{% foo@ %}",
    "unknown tags same": "{% foo %}",
    "unknown in text": "a {% foo@ %}\n\n",
    "comments": "{% comment %}a{% endcomment %}",
    "comments open": "{% comment %}",
    "raws": "{% raw %}a{% endraw %}",
    "raws open": "{% raw %}",
    "raw close": "{% endraw %}",
    "includes": "{% include hello.html %}",
    "includes missing": "{% include no@.html %}",
    "includes args": "{% include hello.html name='a' %}",
    "include nested": "{% include nested.html who='a' %}",
    "include broken": "{% include broken.html %}",
    "include cached": "{% include_cached hello.html %}",
    "post_urls": "{% post_url 2018-10-06-vae %} ",
    "post_urls missing": "{% post_url 2018-10-06-no@ %} ",
    "post_urls same missing": "{% post_url 2018-10-06-no %} ",
    "post_urls folder": "{% post_url a/2018-10-06-vae %} ",
    "links": "{% link _posts/2018-10-06-vae.md %} ",
    "links missing": "{% link _posts/no@.md %} ",
    "cycles": "{% cycle 'a', 'b' %}",
    "increments": "{% increment a@ %}",
    "markdownifies": "{{ 'a' | markdownify }}",
    "date": "{{ 'now' | date: '%Y' }}",
    "date parse": "{{ '2018-10-06' | date: '%Y' }}",
    "where": "{{ site.posts | where: 'title', 'x' | size }}",
    "site posts": "{{ site.posts[0].title }}",
    "page": "{{ page.title }} ",
    "page content": "{{ page.content | size }} ",
    "site": "{{ site.title }} ",
    "site posts loop": "{% for p in site.posts %}{{ p.url }}{% endfor %}",
    "trim": "{%- if a -%} b {%- endif -%}",
    "highlight": "{% highlight text %}a{% endhighlight %}\n",
    "highlight open": "{% highlight text %}a\n",
    "math liquid": "$a {{ b }}$ ",
    "math liquid2": "$\\frac{{a}}{{b}}$ ",
    "math liquid open": "$$ \\frac{{a}",
    "code liquid": "`{{ a }}` ",
    "fence liquid": "```\n{{ a }}\n```\n\n",
    "erb": "<%= a %>",
    "diff": "<< a ",
    "doc vars": "{{ page.a@ }}",
    "strict": "{{ a@ }} ",
    "echo": "{% echo a %}",
    "render": "{% render 'a' %}",
    "quoted": '{{ "a }} ',
    "quoted2": "{{ 'a",
    "gist": "{% gist a@/b %}",
    "seo": "{% seo %}",
    "feed_meta": "{% feed_meta %}",
    "sidenote": "{% sidenote 'a' 'b' %}",
    "details": "{% details a %}b{% enddetails %}",
    "ifchanged": "{% ifchanged %}a{% endifchanged %}",
    "include vars": "{% include {{ a }}.html %}",
    "errs lines": "{{ a | foo: }\n",
    "errs lines2": "{% if a = b %}{% endif %}\n",
    "errs lines3": "{% assign a %}\n",
    "errs lines4": "{% for a b %}{% endfor %}\n",
}
NESTED = {
    "ifs nested": ("{% if a %}", "{% endif %}"),
    "ifs nested t": ("{% if true %}", "{% endif %}"),
    "unless nested": ("{% unless a %}", "{% endunless %}"),
    "fors nested": ("{% for i in (1..1) %}", "{% endfor %}"),
    "captures nested": ("{% capture a %}", "{% endcapture %}"),
    "comments nested": ("{% comment %}", "{% endcomment %}"),
    "highlights nested": ("{% highlight text %}", "{% endhighlight %}"),
}
BUILT: dict[str, Make] = {
    "elses": lambda n: "{% if a %}" + "{% elsif b %}c" * n + "{% endif %}",
    "for long": lambda n: "{% for i in (1..@) %}a{% endfor %}".replace("@", str(n)),
    "for forloop": lambda n: "{% for i in (1..@) %}{{ forloop.index }} {{ i }}{% endfor %}".replace("@", str(n)),
    "for break": lambda n: "{% for i in (1..@) %}{% if i == @ %}{% break %}{% endif %}{% endfor %}".replace(
        "@", str(n)
    ),
    "cases": lambda n: "{% case 1 %}" + "{% when 2 %}x" * n + "{% endcase %}",
    "assign used": lambda n: "{% assign a = 'b' %}" + "{{ a }}" * n,
    "filters": lambda n: "{{ 'a'" + " | upcase" * n + " }}",
    "filters append": lambda n: "{{ 'a'" + " | append: 'b'" * n + " }}",
    "filters unknown": lambda n: "{{ 'a'" + " | foo" * n + " }}",
    "raw long": lambda n: "{% raw %}" + "{{ a }}" * n + "{% endraw %}",
    "include args many": lambda n: "{% include hello.html " + "a='b' " * n + "%}",
    "include tree": lambda n: "{% include tree.html depth=@ %}".replace("@", str(n)),
    "cycle long": lambda n: "{% cycle " + "'a', " * n + "'b' %}",
    "tablerow": lambda n: "{% tablerow i in (1..@) %}a{% endtablerow %}".replace("@", str(n)),
    "conds": lambda n: "{% if a" + " and b" * n + " %}x{% endif %}",
    "conds2": lambda n: "{% if 'a'" + " == 'b' or 'a'" * n + " %}x{% endif %}",
    "contains": lambda n: "{% if '" + "a" * n + "' contains '" + "a" * (n // 2) + "b' %}x{% endif %}",
    "path": lambda n: "{{ a" + ".b" * n + " }}",
    "index": lambda n: "{{ a" + "['b']" * n + " }}",
    "str long": lambda n: "{{ '" + "a" * n + "' }}",
    "split join": lambda n: "{{ '" + "a," * n + "' | split: ',' | sort | uniq | join: ' ' }}",
    "split uniq": lambda n: "{{ '" + ",".join(map(str, range(n))) + "' | split: ',' | uniq | size }}",
    "split first": lambda n: (
        "{% assign a = '"
        + ",".join(map(str, range(n)))
        + "' | split: ',' %}{% for x in a %}{{ a[forloop.index0] }}{% endfor %}"
    ),
    "split last": lambda n: (
        "{% assign a = '"
        + ",".join(map(str, range(n)))
        + "' | split: ',' %}{% for x in a %}{{ a.last }} {{ a.size }} {{ a.first }}{% endfor %}"
    ),
    "push loop": lambda n: (
        "{% assign a = '' | split: '' %}{% for i in (1..@) %}{% assign a = a | push: i %}{% endfor %}".replace(
            "@", str(n)
        )
    ),
    "append loop": lambda n: (
        "{% assign a = '' %}{% for i in (1..@) %}{% assign a = a | append: 'b' %}{% endfor %}".replace("@", str(n))
    ),
    "strip_html": lambda n: "{{ '" + "<b>" * n + "' | strip_html }}",
    "strip_html open": lambda n: "{{ '" + "<b " * n + "' | strip_html }}",
    "strip_html cm": lambda n: "{{ '" + "<!--" * n + "' | strip_html }}",
    "strip_html script": lambda n: "{{ '" + "<script" * n + "' | strip_html }}",
    "truncatewords": lambda n: "{{ '" + "a " * n + "' | truncatewords: 5 }}",
    "number_of_words": lambda n: "{{ '" + "a " * n + "' | number_of_words }}",
    "slugify": lambda n: "{{ '" + "-a" * n + "' | slugify }}",
    "slugify -": lambda n: "{{ '" + "-" * n + "' | slugify }}",
    "slugify2": lambda n: "{{ '" + "- " * n + "a' | slugify: 'pretty' }}",
    "smartify": lambda n: "{{ '" + '"a ' * n + "' | smartify }}",
    "smartify2": lambda n: "{{ '" + "<a " * n + "' | smartify }}",
    "markdownify": lambda n: "{{ '" + "*a " * n + "' | markdownify }}",
    "jsonify": lambda n: "{{ '" + "a," * n + "' | split: ',' | jsonify }}",
    "replace": lambda n: "{{ '" + "a," * n + "' | replace: 'a', 'bb' }}",
    "strip newlines": lambda n: (
        "{{ '" + " \n" * n + "x' | strip | strip_newlines | newline_to_br | normalize_whitespace }}"
    ),
    "normalize": lambda n: "{{ '" + " " * n + "x' | normalize_whitespace }}",
    "rstrip": lambda n: "{{ '" + " " * n + "x" + " " * n + "' | rstrip | lstrip | strip }}",
    "date long": lambda n: "{{ '" + "1 " * n + "' | date: '%Y' }}",
    "date long2": lambda n: "{{ '" + "1" * n + "' | date: '%Y' }}",
    "date long3": lambda n: "{{ '" + "a-" * n + "' | date: '%Y' }}",
    "date fmt": lambda n: "{{ 'now' | date: '" + "%Y" * n + "' }}",
    "escape once": lambda n: "{{ '" + "&amp;" * n + "' | escape_once }}",
    "url": lambda n: "{{ '" + "a/" * n + "' | relative_url | absolute_url | url_encode | cgi_escape | uri_escape }}",
    "url2": lambda n: "{{ '" + "../" * n + "' | relative_url }}",
    "numbers": lambda n: "{{ '" + "1" * n + "' | plus: 1 }}",
    "numbers2": lambda n: "{{ '" + "1" * n + "x' | plus: 1 }}",
    "to_integer": lambda n: "{{ '" + " " * n + "1' | to_integer }}",
    "trim spaces": lambda n: ("{{ 'a' }}" + " " * 200) * n,
    "trim spaces2": lambda n: (" " * 200 + "{{- 'a' -}}") * n,
    "liquid newline": lambda n: "{{ a\n" * n + "}}",
    "if newline": lambda n: "{% if\n" * n,
    "forloops2": lambda n: "{% for i in (1..2) %}" * min(n, 10) + "x" + "{% endfor %}" * min(n, 10),
    "liquid tag": lambda n: "{% liquid\n" + "assign a = 1\n" * n + "%}",
    "spaces in tag": lambda n: "{%" + " " * n + "if a %}{% endif %}",
    "spaces in tag2": lambda n: "{% if" + " " * n + "a",
    "sort": lambda n: "{{ site.posts | sort: 'title'" + " | reverse" * n + " | size }}",
    "group": lambda n: (
        "{{ '" + ",".join(str(i) for i in range(n)) + "' | split: ',' | group_by_exp: 'x', 'x' | size }}"
    ),
    "group2": lambda n: "{{ '" + ",".join(str(i) for i in range(n)) + "' | split: ',' | group_by: 'x' | size }}",
    "find_exp": lambda n: (
        "{{ '" + ",".join(str(i) for i in range(n)) + "' | split: ',' | where_exp: 'x', 'x == \"a\"' | size }}"
    ),
    "sort_natural": lambda n: (
        "{{ '" + ",".join(str(i * 7919 % n) for i in range(n)) + "' | split: ',' | sort_natural | size }}"
    ),
    "compact": lambda n: "{{ '" + ",".join(str(i) for i in range(n)) + "' | split: ',' | compact | sum | slice: 0 }}",
    "concat uniq": lambda n: (
        "{% assign a = '" + ",".join(str(i) for i in range(n)) + "' | split: ',' %}{{ a | concat: a | uniq | size }}"
    ),
    "array contains": lambda n: (
        "{% assign a = '"
        + ",".join(str(i) for i in range(n))
        + "' | split: ',' %}"
        + "{% if a contains 'x' %}{% endif %}"
    ),
    "for offset": lambda n: "{% for i in (1..100) limit:1 offset:continue %}{% endfor %}" * n,
    "xml_escape": lambda n: "{{ '" + "<&" * n + "' | xml_escape | escape | strip_html }}",
    "sentence": lambda n: "{{ '" + "a," * n + "' | split: ',' | array_to_sentence_string }}",
    "truncate": lambda n: "{{ '" + "a" * n + "' | truncate: 5 }}",
    "camelcase": lambda n: "{{ '" + "a_" * n + "' | camelcase | capitalize | downcase }}",
    "nested braces": lambda n: "{{ " + "{" * n + " }}",
    "nested brackets": lambda n: "{{ a" + "[a" * n + "]" * n + " }}",
    "parens": lambda n: "{{ " + "(" * n + " }}",
    "parens if": lambda n: "{% if " + "(" * n + "a" + ")" * n + " %}{% endif %}",
}
ALL = {**repeated(REPEATED), **nested(NESTED), **BUILT}
