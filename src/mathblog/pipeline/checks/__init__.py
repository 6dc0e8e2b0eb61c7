"""What a build notices in texts and finished pages."""
