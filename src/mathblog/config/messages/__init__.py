"""The explanations of all codes of messages: what each means, an example, the remedy."""
