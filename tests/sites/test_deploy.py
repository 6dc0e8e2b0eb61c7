"""`mathblog deploy`: the site goes to a branch of its own, and no other is touched."""

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mathblog.authoring.github import served_below
from mathblog.cli.main import command
from mathblog.engine.authoring import deploying
from support.site import Site


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


@pytest.fixture
def remote(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The blog is a repository whose `main` is on a server."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("JEKYLL_ENV", "production")
    server = tmp_path / "server.git"
    git(tmp_path, "init", "--quiet", "--bare", str(server))
    git(site.source, "init", "--quiet", "--initial-branch", "main")
    git(site.source, "remote", "add", "origin", str(server))
    site.write({".gitignore": "_site/\n*.css\n", ".gitattributes": "* text eol=crlf\n"}).post("2026-01-15-x", "One $x$")
    git(site.source, "add", ".")
    git(site.source, "commit", "--quiet", "-m", "Begin")
    git(site.source, "push", "--quiet", "origin", "main")
    return server


def deploy(site: Site, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["deploy", "-s", str(site.source), *arguments])


def test_the_branch_has_the_site_byte_for_byte_and_follows_it(site: Site, remote: Path, tmp_path: Path) -> None:
    main, status = git(remote, "rev-parse", "main"), git(site.source, "status", "--porcelain")
    shown = deploy(site, "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert "new branch `gh-pages` of `origin`:" in shown.output
    assert git(remote, "branch", "--list", "gh-pages") == ""
    assert deploy(site, "--yes").exit_code == 0
    git(tmp_path, "-c", "core.autocrlf=false", "clone", "--quiet", "--branch", "gh-pages", str(remote), "served")
    built = {
        path.relative_to(site.source / "_site").as_posix(): path.read_bytes()
        for path in (site.source / "_site").rglob("*")
        if path.is_file() and not path.name.startswith(".mathblog")
    }
    served = tmp_path / "served"
    assert built == {path: (served / path).read_bytes() for path in git(served, "ls-files").splitlines()}
    assert {"index.html", ".nojekyll"} <= set(built)
    # again: nothing; then an edit, and a post that goes
    again = deploy(site, "--yes")
    assert "has this site already" in again.output
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"
    site.post("2026-01-16-y", "Two $y$").remove("_posts/2026-01-15-x.md")
    done = deploy(site, "--yes")
    assert "added    2026/01/16/y.html" in done.output
    assert "removed  2026/01/15/x.html" in done.output
    assert "changed  index.html" in done.output
    assert git(remote, "rev-list", "--count", "gh-pages") == "2"
    assert git(remote, "rev-parse", "main") == main
    assert git(site.source, "rev-parse", "--abbrev-ref", "HEAD") == "main"
    assert git(site.source, "diff", "--cached", "--name-only") == status == ""


def test_a_branch_of_somebody_else_is_left_alone(site: Site, remote: Path) -> None:
    git(site.source, "push", "--quiet", "origin", "main:gh-pages")
    before = git(remote, "rev-parse", "gh-pages")
    for branch in ("gh-pages", "main"):
        done = deploy(site, "--yes", "--branch", branch)
        assert done.exit_code == 2
        assert f"`{branch}` of `origin` is a branch that mathblog did not make" in done.output
    assert git(remote, "rev-parse", "gh-pages") == before
    git(site.source, "branch", "mine")
    assert "`mine` is a branch of your own" in deploy(site, "--yes", "--branch", "mine").output


def test_a_domain_that_stands_on_the_branch_stays(site: Site, remote: Path, tmp_path: Path) -> None:
    deploy(site, "--yes")
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), "served")
    (tmp_path / "served/CNAME").write_text("example.org")
    git(tmp_path / "served", "add", ".")
    git(tmp_path / "served", "commit", "--quiet", "-m", "Create CNAME")  # as GitHub's settings do
    git(tmp_path / "served", "push", "--quiet")
    assert deploy(site.post("2026-01-16-y"), "--yes").exit_code == 0
    assert git(remote, "show", "gh-pages:CNAME") == "example.org"
    assert "2026/01/16/y.html" in git(remote, "ls-tree", "-r", "--name-only", "gh-pages")


def test_nothing_is_pushed_without_a_yes_or_with_errors(site: Site, remote: Path) -> None:
    asked = deploy(site)
    assert asked.exit_code == 2
    assert "`--yes` pushes without a question" in asked.output
    failed = deploy(site.post("2026-01-16-y", "{% nowhere %}"), "--yes")
    assert failed.exit_code == 1
    assert "nothing published" in failed.output
    assert "internal error" not in failed.output
    assert git(remote, "branch", "--list", "gh-pages") == ""


def test_what_git_says_is_passed_on(site: Site, remote: Path) -> None:
    for flags in (("--remote", "nowhere"), ("--branch", "a..b"), ("--remote", "--upload-pack=touch x")):
        done = deploy(site, "--yes", *flags)
        assert done.exit_code == 3, done.output
        assert "failed: fatal: " in done.output
    assert remote.is_dir()


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://github.com/kim/notes.git", "/notes"),
        ("git@github.com:kim/notes", "/notes"),
        ("https://github.com/Kim/kim.github.io", ""),
        ("ssh://git@github.com/kim/a.b.git", "/a.b"),
        ("https://git.example.org/kim/notes", None),
        ("/srv/github.com/kim/notes", None),
    ],
)
def test_the_base_path_is_that_of_github(address: str, base: str | None) -> None:
    assert served_below(address) == base


def test_a_repository_that_somebody_else_made_runs_no_program(site: Site, remote: Path, tmp_path: Path) -> None:
    """What git runs by itself is off; where a program would be needed to reach the server, nothing is published."""
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $0 >> '{ran}'\nexit 1\n")
    program.chmod(0o755)
    git_folder = site.source / ".git"
    for hook in ("pre-push", "reference-transaction", "post-index-change", "pre-auto-gc", "update"):
        (git_folder / "hooks").mkdir(exist_ok=True)
        (git_folder / "hooks" / hook).symlink_to(program)
    before = (git_folder / "config").read_text()
    silent = {"core.fsmonitor": program, "core.hooksPath": git_folder / "hooks", "gpg.program": program}
    for key, value in {**silent, "push.gpgSign": "true", "log.showSignature": "true", "core.pager": program}.items():
        git(site.source, "config", key, str(value))
    assert deploy(site, "--yes").exit_code == 0
    assert git(remote, "branch", "--list", "gh-pages") != ""
    site.write({"new.html": "x"})
    assert deploy(site, "--yes").exit_code == 0
    assert not ran.exists()
    for key in (
        "core.sshCommand",
        "core.askPass",
        "credential.helper",
        "credential.https://example.org.helper",
        "remote.origin.uploadpack",
        "remote.origin.receivepack",
        "protocol.ext.allow",
    ):
        (git_folder / "config").write_text(before)
        git(site.source, "config", key, str(program))
        refused = deploy(site, "--yes")
        assert refused.exit_code == 2, key
        assert "by which git runs a program: nothing was published" in refused.output
    (git_folder / "config").write_text(before)
    for address in (
        f"ext::{program}",
        f"--upload-pack={program}",
        f"ssh://-oProxyCommand={program}/x",
        "./evil.git",
        "file://EVIL",
    ):
        evil = site.source / "evil.git"
        git(site.source, "init", "--quiet", "--bare", str(evil))
        git(site.source, "config", "remote.origin.url", address.replace("EVIL", str(evil)))
        refused = deploy(site, "--yes")
        assert refused.exit_code in (2, 3)
        assert ("is a folder of the site itself" in refused.output) == (address in ("./evil.git", "file://EVIL"))
    git(site.source, "config", f"url.ext::{program} .insteadOf", "https://")
    git(site.source, "config", "remote.origin.url", "https://example.org/x")
    assert deploy(site, "--yes").exit_code == 3
    assert not ran.exists()


@pytest.mark.usefixtures("remote")
def test_a_program_in_the_sites_folder_is_not_git(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write({"git": "#!/bin/sh\ntouch ran\n", "bin/git": "#!/bin/sh\ntouch ran\n"})
    for name in ("git", "bin/git"):
        (site.source / name).chmod(0o755)
    monkeypatch.chdir(site.source)
    own = os.pathsep.join((".", "", "bin", str(site.source), str(site.source / "bin")))
    monkeypatch.setenv("PATH", own + os.pathsep + os.environ["PATH"])
    assert deploy(site, "--dry-run").exit_code == 0
    monkeypatch.setenv("PATH", own)
    refused = deploy(site, "--dry-run")
    assert refused.exit_code == 3
    assert "git is not found" in refused.output
    assert not list(site.source.rglob("ran"))


@pytest.mark.usefixtures("remote")
def test_a_server_that_never_answers(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(deploying, "_SECONDS", 0.1)
    refused = deploy(site, "--yes")
    assert refused.exit_code == 3
    assert "takes longer than 0.1 s" in refused.output


def test_a_name_with_a_line_end_is_not_taken_for_two(site: Site, remote: Path) -> None:
    site.write({"a\n/etc/passwd": "x"})
    refused = deploy(site, "--yes")
    assert refused.exit_code == 2
    assert "which has a line end" in refused.output
    assert git(remote, "branch", "--list", "gh-pages") == ""
