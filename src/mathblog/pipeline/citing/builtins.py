"""The generator of pages of citations that is built in."""

from mathblog.extend.declarations import Generator

GENERATORS = (Generator("details", "mathblog.pipeline.citing.details:generate_details"),)
