"""A list of files of which some are looked at again."""

from pathlib import Path

from mathblog.engine.sources.snapshot import FileStamp, Snapshot


def test_a_file_that_nobody_looked_at_again_stays_unsure(tmp_path: Path) -> None:
    """It may have been written again with the same stamp after it was read: time alone does not tell."""
    (tmp_path / "told.md").write_text("told")
    young, old = FileStamp(1, 10**18, 10**18, 1), FileStamp(1, 10**17, 10**17, 2)
    files = {"old.md": old, "told.md": old, "young.md": young}
    found = Snapshot(tmp_path, files, (), taken=10**18 + 1_000_000).look_again(["told.md"])
    assert found is not None
    snapshot, touched = found
    assert touched == ("told.md",)
    assert snapshot.files["told.md"].size == len("told")
    assert snapshot.signatures() == {"old.md": old.signature, "told.md": "", "young.md": ""}
