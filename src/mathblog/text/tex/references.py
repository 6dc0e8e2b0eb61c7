"""The commands of references to labels, and how a label stands behind them."""

COMMANDS = "eqref|ref|cref|Cref|labelcref|autoref|nameref|pageref|vref|Vref|vpageref|zcref|namecref|nameCref|lcnamecref"
LABEL = r"[ ]?\{([^{}\n]{1,500})\}"  # LaTeX passes over the blank
WRITTEN = rf"\\(?:{COMMANDS})\*?{LABEL.replace('(', '(?:')}"  # the same, without groups
REFERENCE = rf"\\({COMMANDS})\*?{LABEL}"
