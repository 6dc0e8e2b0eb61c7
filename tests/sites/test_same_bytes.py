"""The same sources make the same bytes: in another folder, at another place on the globe, with another hash seed."""

from support.site import NewSite, Site


def fill(site: Site) -> Site:
    for day in range(1, 8):
        body = f"글 $$x_{day}$$ 그리고 $$\\frac{{1}}{{n}}$$\n\n```python\nx = {day}\n```\n\n| a | b |\n|---|---|\n| $a$ | 나 |\n"
        site.post(
            f"2018-10-0{day}-p{day}",
            body,
            f"title: 글 {day}\ntags: [수학, t{day % 3}, 'a b']\ncategories: [c{day % 2}]",
        )
    site.write({"about.md": "---\ntitle: 소개\n---\n{{ site.time | date: '%Z' }} {{ site.tags.size }} {{ page.path }}"})
    site.write(
        {
            "img/a.png": "x",
            "_data/d.yml": "b: 1\na: 2\n",
            "list.md": "---\n---\n{% for x in site.data.d %}{{ x }}{% endfor %}",
        }
    )
    return site.config("timezone: Asia/Seoul\n")


def test_twice_is_once(site: Site) -> None:
    first = fill(site).build().is_good().files()
    assert site.build().is_good().files() == first
    assert site.done.published is not None
    assert site.done.published.written == 0


def test_the_order_and_the_times_of_files_do_not_count(new_site: NewSite) -> None:
    one, other = new_site("one"), new_site("other")
    fill(one).build().is_good()
    paths = sorted((path for path in one.source.rglob("*") if path.is_file()), reverse=True)
    for path in paths:
        other.write({path.relative_to(one.source).as_posix(): path.read_bytes()})
    assert other.build().is_good().files() == one.files()


def test_folder_zone_locale_hash_seed_and_number_of_workers_do_not_count(new_site: NewSite) -> None:
    one, other = fill(new_site("one")), fill(new_site("다른 폴더"))
    assert one.start(TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="0").returncode == 0
    assert other.start("-j", "2", TZ="Pacific/Chatham", LC_ALL="C", PYTHONHASHSEED="4242").returncode == 0
    assert one.files() == other.files()
    for path, content in one.files().items():
        assert str(one.source).encode() not in content, f"{path} names a folder of this machine"
