"""Variants of the images that texts show: which of them are known, which are made, and what could not be."""

import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import row, shape_of
from mathblog.engine.extras import install_command
from mathblog.engine.images.encoder import ImageRefusal, Order
from mathblog.engine.images.encoders import Encoders, Task
from mathblog.engine.output.publish import Publication
from mathblog.engine.sources.site import Sources
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.compiling import CompiledSummary
from mathblog.engine.stages.staging import GENERATED
from mathblog.model.compiled import FileBeside
from mathblog.model.images.options import VARIED, VariantOptions
from mathblog.model.output import OutputFile

_LARGEST = 50 << 20  # bytes of an image that is read
_MADE_BY = 1  # raise it where `encoder.py` makes others of the same image


class _Failure(NamedTuple):
    """The stored form of an image that no variants can be made of: the mark of its file, and why."""

    mark: str
    reason: str


_FAILURE, _BYTES = row(_Failure), shape_of(bytes)


def prepare_variants(run: BuildRun) -> BuildRun:
    """The build as far as Pillow is here and knows the formats, with the images that failed before."""
    sources, options = run.sources, run.config.images.variants
    if options is None:
        return run
    problems: tuple[Diagnostic, ...] = ()
    if importlib.util.find_spec("PIL") is None:
        message = "`images.variants` needs Pillow, which is not installed: images are published as they are"
        problems = (in_file("_config.yml", message, code="config", hint=f"install it: {install_command('images')}"),)
        options = None
    else:
        from PIL import __version__, features

        known = tuple(name for name in options.formats if features.check(name))
        if lost := sorted(set(options.formats) - set(known)):
            message = f"this Pillow does not write {' and '.join(lost)}: such variants are left out"
            problems = (in_file("_config.yml", message, code="config", hint="`pip install --upgrade pillow`"),)
        options = replace(options, formats=known, pillow=__version__) if known else None
    config = replace(run.config, images=replace(run.config.images, variants=options))
    unvaried: dict[str, str] = {}
    if options is not None:
        images = {path: source for path, source in _sources(sources).items() if path.lower().endswith(VARIED)}
        keys = {_failure_key(options, source): path for path, source in images.items()}
        for key, (mark, reason) in run.memo.store.get_many(keys, _FAILURE).items():
            path = keys[key]
            if mark == sources.snapshot.mark(images[path]):
                unvaried[path] = reason
    changed = replace(sources, unvaried=unvaried, diagnostics=(*sources.diagnostics, *problems))
    return replace(run, config=config, sources=changed)


def make_variants(run: BuildRun, texts: Iterable[CompiledSummary], publication: Publication) -> Mapping[str, str]:
    """Stage the variants that texts name; return why there are none of some images, by their paths. Those were named for nothing.

    What stands is kept, what the store knows by the bytes of the image is taken, the rest is made.
    """
    options, snapshot, sources = run.config.images.variants, run.sources.snapshot, _sources(run.sources)
    wanted: dict[str, dict[str, FileBeside]] = {}
    for file in (file for text in texts for file in text.beside):
        if file.form and file.source not in run.sources.unvaried:
            wanted.setdefault(file.source, {})[file.path] = file
    if options is None or not wanted:
        return {}
    digests = {path: fingerprint("variant", _MADE_BY, options, snapshot.mark(sources[path])) for path in wanted}
    missing = {path: _missing(files.values(), digests[path], publication) for path, files in wanted.items()}
    tasks = [
        Task(
            path,
            partial(snapshot.read, sources[path]),
            Order([(int(width), form) for width, _, form in (it.form.partition(" ") for it in files)], options.quality),
        )
        for path, files in missing.items()
        if files
    ]
    failed: dict[str, str] = {}
    for path, made in _made(run, options, tasks):
        if isinstance(made, ImageRefusal):
            failed[path] = made.reason
            run.memo.store.put(_failure_key(options, sources[path]), [snapshot.mark(sources[path]), made.reason])
            continue
        for file, data in zip(missing[path], made, strict=True):
            publication.stage(OutputFile(file.path, data, GENERATED), f"{digests[path]}.{file.form}")
    return failed


def _missing(files: Iterable[FileBeside], digest: str, publication: Publication) -> list[FileBeside]:
    """The variants of an image that do not stand; the others are kept."""
    missing = []
    for file in files:
        if publication.stands(file.path, f"{digest}.{file.form}"):
            publication.keep(file.path, f"{digest}.{file.form}")
        else:
            missing.append(file)
    return missing


def with_failures(run: BuildRun, failed: Mapping[str, str]) -> BuildRun:
    """The build with more images that no variants can be made of."""
    return replace(run, sources=replace(run.sources, unvaried={**run.sources.unvaried, **failed}))


def _made(
    run: BuildRun, options: VariantOptions, tasks: Iterable[Task]
) -> Iterator[tuple[str, list[bytes] | ImageRefusal]]:
    """The variants of each image: from the store, by its bytes, else made and put there."""
    store, unknown, keys = run.memo.store, list[Task](), dict[str, list[str]]()
    sources = _sources(run.sources)
    for task in tasks:
        if run.sources.snapshot.files[sources[task.name]].size > _LARGEST:
            yield task.name, ImageRefusal(f"it has more than {_LARGEST >> 20} MB")
            continue
        content = fingerprint(task.read())
        of_image = ("variant", _MADE_BY, options.quality, options.pillow, content)
        keys[task.name] = [fingerprint(*of_image, form) for form in task.order.forms]
        found = [store.get(key, _BYTES) for key in keys[task.name]]
        if all(isinstance(data, bytes) for data in found):
            yield task.name, found
        else:
            unknown.append(task)
    if not unknown:
        return
    with Encoders(run.jobs) as encoders:
        for name, made in encoders.make(unknown):
            if not isinstance(made, ImageRefusal):
                for key, data in zip(keys[name], made, strict=True):
                    store.put(key, data, large=True)
            yield name, made


def _sources(sources: Sources) -> Mapping[str, str]:
    """The files that images are made of by the paths that texts name them by: as published, among the posts as they stand there."""
    return {**{path: path for path in sources.beside}, **sources.files}


def _failure_key(options: VariantOptions, source: str) -> str:
    return f"no-variants.{_MADE_BY}.{options.pillow}.{source}"
