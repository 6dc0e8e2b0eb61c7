"""How reports look: colours, annotations, equal warnings in one line, the logs of libraries."""
