"""The doctor's checks: what a site uses that mathblog does differently from Jekyll, or not at all; one file for each kind of finding."""
