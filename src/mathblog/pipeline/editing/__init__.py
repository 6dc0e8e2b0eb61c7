"""What an editor is told of a text at a place in it: completions, what a name stands for, where it stands, all places of a label."""
