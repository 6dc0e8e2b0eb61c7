"""Tags and filters of Ruby plugins that popular themes count on: what they write, without Ruby."""
