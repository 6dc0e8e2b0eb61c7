"""The facts of a site: `kinds` declares each kind once, `view` is how stages ask for them."""
