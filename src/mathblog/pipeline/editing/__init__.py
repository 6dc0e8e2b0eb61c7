"""The answers to an editor about a place of a text: completions, what a name stands for, where it stands, all places of a label."""
