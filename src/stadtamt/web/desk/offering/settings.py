"""Name, fee, places and periods of a package on one page: for a new one, and for one that is in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtamt.kernel import tenancy
from stadtamt.kernel.errors import NotFound
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import toml_of
from stadtamt.packages.format.layer import Layer, read_layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.models import Installation, KeptPackage, Sheet
from stadtamt.packages.officer.sheets import fill_out, last_layer, lay_out, sheet_of
from stadtamt.packages.officer.trial import would_be
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.frame import frame
from stadtamt.web.desk.offering.beginning import Beside, brought_up, known_before, typed_from, with_example
from stadtamt.web.desk.offering.fields import Entered, Typed, read_all, row_count, tidy
from stadtamt.web.desk.offering.sections import MORE, sections


@dataclass(frozen=True, slots=True)
class Filling:
    """A sheet on the desk with everything its page needs."""

    sheet: Sheet
    package: Package
    installed: Installation | None
    examples: dict[str, tuple[str, Layer]]  # name and layer of the shipped towns, by file
    shapes: dict[str, Any]  # values that tell what lists and tables are made of

    @property
    def base(self) -> Layer:
        return self.installed.layer if self.installed else (last_layer(self.sheet.package) or Layer())

    def entered(self, typed: Typed) -> Entered:
        return read_all(self.package.parameters, typed, self.shapes)

    def layer(self, entered: Entered) -> Layer:
        """The town's layer with what the page says; a value that is the author's default anyway is not the town's."""
        parameters = {parameter.key: parameter for parameter in self.package.parameters}
        values = {
            key: value
            for key, value in entered.values.items()
            if parameters[key].required
            or value != parameters[key].default
            or key in self.base.values
            or key in entered.sources
        }
        return replace(self.base, values=values, sources=entered.sources)


@officer_only
@require_http_methods(["GET", "POST"])
def settings(request: StaffRequest, key: str) -> HttpResponse:
    """The page; it is kept as it is typed, also with errors in it."""
    filling = filling_for(key, request.GET.get("paket", ""))
    if request.method == "GET":
        return _page(request, filling, filling.sheet.typed, Entered())
    typed: Typed = tidy(filling.package.parameters, dict(request.POST.lists()), filling.shapes)
    if MORE in request.POST:
        return _with_one_more_row(filling, typed, request.POST[MORE])
    if "fill" in request.POST:
        return _with_example(filling, typed, request.POST.get("example", ""))
    return _put_down(request, filling, typed)


def _put_down(request: StaffRequest, filling: Filling, typed: Typed) -> HttpResponse:
    """Keep what was typed; on to the preview only with settings that fit."""
    fill_out(sheet=filling.sheet, typed=typed)
    entered = filling.entered(typed)
    if entered.errors:
        return _page(request, filling, typed, entered)
    try:
        would_be(filling.sheet.package.files, filling.layer(entered))
    except PackageProblem as problem:
        entered.errors[""] = problem.sentence
        return _page(request, filling, typed, entered)
    return redirect("desk:preview", filling.sheet.key)


def filling_for(key: str, kept: str = "") -> Filling:
    """The sheet of this package: the one that was begun, or a new one with what is known."""
    installed = Installation.objects.select_related("package").filter(key=key).first()
    package = _kept(key, kept) if kept and installed is None else None
    sheet = sheet_of(key)
    if installed is not None:
        stale = sheet is None or sheet.package_id != installed.package_id
        package = installed.package if stale else None
    elif package is not None and sheet is not None and sheet.package_id == package.pk:
        package = None
    if package is not None:
        sheet = _begin(package, installed)
    if sheet is None:
        raise NotFound
    read = read_package(sheet.package.files)
    if installed is not None and sheet.base != installed.layer_data:
        typed = brought_up(read.parameters, sheet.typed, Layer.from_data(sheet.base), installed.layer)
        fill_out(sheet=sheet, typed=typed, base=installed.layer)
    return Filling(sheet, read, installed, _examples(read), _shapes(read, installed))


def _begin(kept: KeptPackage, installed: Installation | None) -> Sheet:
    package, town = read_package(kept.files), tenancy.current()
    others = Installation.objects.exclude(key=kept.key).select_related("package")
    beside = [
        Beside(str(read_package(one.package.files).service["title"]), one.matter == package.matter, one.layer)
        for one in others
    ]
    known = known_before(
        package.parameters,
        own=installed.layer if installed else last_layer(kept),
        beside=sorted(beside, key=lambda one: not one.same_matter),
        town={"municipality_name": town.office_name, "place": town.place or town.name},
    )
    base = installed.layer if installed else None
    return lay_out(package=kept, typed=typed_from(package.parameters, known), origins=known.origins, base=base)


def _with_one_more_row(filling: Filling, typed: Typed, key: str) -> HttpResponse:
    known = {parameter.key for parameter in filling.package.parameters if parameter.type in {"table", "places"}}
    if key not in known:
        raise NotFound
    rows = row_count(typed, key)
    fill_out(sheet=filling.sheet, typed={**typed, f"n.{key}": [str(rows + 2)]})
    return redirect(f"{reverse('desk:settings', args=[filling.sheet.key])}#p-{key}")


def _with_example(filling: Filling, typed: Typed, chosen: str) -> HttpResponse:
    origins = filling.sheet.origins
    if chosen in filling.examples:
        name, layer = filling.examples[chosen]
        typed, taken = with_example(filling.package.parameters, typed, name, layer)
        origins = {**origins, **taken}
    fill_out(sheet=filling.sheet, typed=typed, origins=origins)
    return redirect("desk:settings", filling.sheet.key)


def _page(request: StaffRequest, filling: Filling, typed: Typed, entered: Entered) -> HttpResponse:
    package, installed = filling.package, filling.installed
    title = str(package.service["title"])
    context = {
        **frame(request, current="leistungen"),
        "title": f"Einstellungen: {title}" if installed else f"{title} einrichten",
        "service": title,
        "version": package.version,
        "installed": installed is not None,
        "back_url": reverse("desk:package", args=[package.id]) if installed else reverse("desk:offering"),
        "examples": [] if installed else [{"value": key, "label": name} for key, (name, _) in filling.examples.items()],
        "errors": entered.told(),
        **sections(
            package.parameters, typed, known=filling.shapes, errors=entered.errors, origins=filling.sheet.origins
        ),
    }
    return render(request, "desk/offering/settings.html", context, status=422 if entered.errors else 200)


def _kept(key: str, id: str) -> KeptPackage:
    try:
        found = KeptPackage.objects.filter(key=key, pk=UUID(id)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound
    return found


def _examples(package: Package) -> dict[str, tuple[str, Layer]]:
    found = {}
    for name in package.files:
        if name.startswith("parameters/"):
            key = name.removeprefix("parameters/").removesuffix(".toml")
            town = str(toml_of(package.files, name).get("municipality", key))
            found[key] = (town, read_layer(package.files[name].decode(), file=name))
    return found


def _shapes(package: Package, installed: Installation | None) -> dict[str, Any]:
    """Of every parameter a value that is not empty, if there is one anywhere."""
    layers = [installed.layer] if installed else []
    layers += [layer for _, layer in _examples(package).values()]
    shapes: dict[str, Any] = {}
    for parameter in package.parameters:
        candidates = [layer.values.get(parameter.key) for layer in layers]
        candidates.insert(1 if installed else 0, None if parameter.required else parameter.default)
        shapes[parameter.key] = next((value for value in candidates if value), None)
    return shapes
