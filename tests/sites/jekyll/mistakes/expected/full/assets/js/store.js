var store = [{
        "title": "Dominated convergence and $f_n$",
        "excerpt": "Let \\(f_n \\to f\\) almost everywhere and \\(\\lvert f_n\\rvert \\le g\\) with...",
        "categories": ["measure"],
        "tags": ["limits","Lebesgue"],
        "url": "/analysis/measure/dominated-convergence/",
        "teaser": null
      },{
        "title": "Riesz representation",
        "excerpt": "Every bounded functional on a Hilbert space is \\(\\varphi(x) = \\langle x,...",
        "categories": ["functional"],
        "tags": ["Hilbert","limits"],
        "url": "/analysis/functional/riesz/",
        "teaser": null
      },{
        "title": "Baire’s theorem",
        "excerpt": "A complete metric space is not a countable union of nowhere dense...",
        "categories": ["functional"],
        "tags": ["topology"],
        "url": "/analysis/functional/baire/",
        "teaser": null
      }]
