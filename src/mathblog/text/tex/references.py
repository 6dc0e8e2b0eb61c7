"""The commands of references to labels, and how a label stands behind them."""

COMMANDS = "eqref|ref|cref|Cref|labelcref|autoref|nameref|pageref|vref|Vref|vpageref|zcref|namecref|nameCref|lcnamecref"
LABEL = r"[ ]?\{([^{}\n]{1,500})\}"  # LaTeX passes over the blank
REFERENCE = rf"\\({COMMANDS})\*?{LABEL}"
