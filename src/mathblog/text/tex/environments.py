"""Environments that are a formula without dollars around them."""

ENVIRONMENTS = frozenset(
    name + star
    for name in (
        "align", "alignat", "displaymath", "eqnarray", "equation", "flalign", "gather", "math", "multline", "xalignat", "cases", "dcases",
        "rcases", "drcases", "matrix", "smallmatrix", *(f"{bracket}{name}" for bracket in "pbBvV" for name in ("matrix", "smallmatrix")),
    )
    for star in ("", "*")
) | {
    "CD", "aligned", "alignedat", "array", "darray", "empheq", "gathered", "lgathered", "multlined", "numcases", "prooftree", "rgathered",
    "split", "subnumcases",
}  # fmt: skip
