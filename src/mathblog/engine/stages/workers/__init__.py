"""Worker processes: they compile documents and lay out pages, chunk by chunk, for the process that builds."""
