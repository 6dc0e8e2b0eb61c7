"""What a `Gemfile` names as plugins of Jekyll's."""

import pytest

from mathblog.gems.gemfile import plugin_gems


@pytest.mark.parametrize(
    ("line", "is_plugin"),
    [
        ('gem "a", group: :jekyll_plugins', True),
        ("gem 'a', '~> 1.0', :group => :jekyll_plugins", True),
        ('gem "a", groups: [:test, :jekyll_plugins]', True),
        ("group :test, :jekyll_plugins do\n  gem 'a'\nend", True),
        ('group(:jekyll_plugins) do\n  gem("a")\nend', True),
        ("group :jekyll_plugins do\n  gem 'b'\n  gem 'a'\nend", True),
        ("group :jekyll_plugins do\nend\ngem 'a'", False),
        ("group :test do\n  gem 'a'\nend", False),
        ("# gem 'a', group: :jekyll_plugins", False),
        ("gem 'a' # group: :jekyll_plugins", False),
        ("gem 'a'", False),
        ("group :jekyll_plugins do\n  if ENV['X']\n    gem 'b'\n  end\n  gem 'a'\nend", True),
        ("platforms :mingw do\n  gem 'b'\nend\ngroup :jekyll_plugins do\n  gem 'a'\nend", True),
        ("group :jekyll_plugins do\n  gem 'b'\nend\ngroup :test do\n  gem 'a'\nend", False),
        ("gem 'a',  # of the site\n  '~> 1.0',\n  group: :jekyll_plugins", True),
        ("gem 'a', groups: %w[jekyll_plugins]", True),
        ("gem 'a', path: 'vendor/jekyll_plugins'", False),
        ("gem 'a'\ngem 'b', group: :jekyll_plugins", False),
        ("group " + " " * 3000 + "\ngem 'a'", False),  # a cubic search would take minutes
    ],
)
def test_plugins_of_a_gemfile(line: str, *, is_plugin: bool) -> None:
    text = f"source 'https://rubygems.org'\n{line}\n"
    found = plugin_gems(text)
    assert ("a" in found) is is_plugin
    assert all(text[span.start : span.end] == name for name, span in found.items())


def test_github_pages_is_one_in_every_group() -> None:
    assert list(plugin_gems("gem 'github-pages', '~> 228'")) == ["github-pages"]
