"""Which package is installed in which town, in which version, with which layer of the town's own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from stadtamt.kernel.tenancy import TenantModel
from stadtamt.packages.format.files import Files, checked
from stadtamt.packages.format.layer import Layer


class KeptPackage(TenantModel):
    """A version of a package as its author published it, never changed: cases and later updates rest on it."""

    key = models.SlugField(max_length=80)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)  # of the files
    content = models.JSONField()  # the files as text, by name
    archive = models.BinaryField(null=True)  # as received, where it came as an archive
    author = models.CharField(max_length=64, blank=True)  # the key the author signed with
    origin = models.CharField(max_length=200, blank=True)  # the registry it came from
    kept_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "key", "version", "digest", "author", "origin"], name="package_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def files(self) -> Files:
        """The package's files."""
        return checked({name: text.encode() for name, text in self.content.items()})


class Edition(TenantModel):
    """A kept package together with a town's layer, as it was in force at some time; never changed."""

    key = models.SlugField(max_length=80)
    edition = models.CharField(max_length=60)
    package = models.ForeignKey(KeptPackage, models.PROTECT)
    layer_data = models.JSONField()
    parameters = models.JSONField()  # filled in: the layer's values and the author's defaults
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "key", "edition"], name="edition_once_a_town")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.edition}"

    @property
    def layer(self) -> Layer:
        """The town's layer."""
        return Layer.from_data(self.layer_data)


class Installation(TenantModel):
    """A package in force in a town. Packages of one matter share what the town has set."""

    key = models.SlugField(max_length=80)
    matter = models.SlugField(max_length=80)
    package = models.ForeignKey(KeptPackage, models.PROTECT)
    layer_data = models.JSONField()
    edition = models.CharField(max_length=60)  # what new applications get
    tells_registry = models.BooleanField(default=False)  # the town agreed that its adoption is made known
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "key"], name="installed_once_a_town")]

    def __str__(self) -> str:
        return f"{self.key} {self.edition}"

    @property
    def version(self) -> str:
        """The author's version in force."""
        return self.package.version

    @property
    def layer(self) -> Layer:
        """The town's layer."""
        return Layer.from_data(self.layer_data)


class PastLayer(TenantModel):
    """What a town had set for a package when it stopped offering it."""

    key = models.SlugField(max_length=80)
    package = models.ForeignKey(KeptPackage, models.PROTECT)
    layer_data = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "key"], name="past_layer_once_a_town")]

    def __str__(self) -> str:
        return self.key

    @property
    def layer(self) -> Layer:
        """The town's layer."""
        return Layer.from_data(self.layer_data)


class Sheet(TenantModel):
    """The settings of a package as an officer has begun to fill them in; not in force, and torn up when they are.

    `base` is the layer that was in force when the page was filled in from it; empty where none was.
    """

    key = models.SlugField(max_length=80)
    package = models.ForeignKey(KeptPackage, models.PROTECT)
    typed = models.JSONField(default=dict)  # lists of texts by the name of the input, right or wrong
    base = models.JSONField(default=dict)
    origins = models.JSONField(default=dict)  # where a value that nobody typed came from, in words, by parameter
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "key"], name="sheet_once_a_town")]

    def __str__(self) -> str:
        return self.key
