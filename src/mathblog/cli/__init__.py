"""The commands: one command, one file; `console` is the only place that prints."""
