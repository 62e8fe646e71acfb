"""Registries: static folders of signed archives, made and read by The Update Framework. Pure.

Who reads: ``add``, ``registries``, ``registry`` and the methods of ``Registry``. Who signs: ``create``, ``publish``,
``sign``, ``rotate``, ``withdraw`` with ``RegistryKeys``.
"""

from stadtamt.packages.trust.adoptions import Adoption
from stadtamt.packages.trust.client import Contents, Hit, Registry, add, registries, registry
from stadtamt.packages.trust.entries import Entry
from stadtamt.packages.trust.keys import ROLES, RegistryKeys
from stadtamt.packages.trust.problems import RegistryProblem
from stadtamt.packages.trust.repository import Signed, create, listed, publish, rotate, sign, withdraw

__all__ = [
    "ROLES",
    "Adoption",
    "Contents",
    "Entry",
    "Hit",
    "Registry",
    "RegistryKeys",
    "RegistryProblem",
    "Signed",
    "add",
    "create",
    "listed",
    "publish",
    "registries",
    "registry",
    "rotate",
    "sign",
    "withdraw",
]
