"""Registries: static folders of signed archives, made and read by The Update Framework. Pure.

Who reads: ``add``, ``registries``, ``registry`` and the methods of ``Registry``. Who signs: ``create``, ``publish``,
``sign``, ``rotate``, ``withdraw`` with ``RegistryKeys``.
"""

from stadtamt.packages.trust.adoptions import Adoption
from stadtamt.packages.trust.client import MAX_ROOT_BYTES, Contents, Hit, Registry, add, registries, registry
from stadtamt.packages.trust.entries import Entry
from stadtamt.packages.trust.keys import ROLES, RegistryKeys
from stadtamt.packages.trust.problems import RegistryProblem
from stadtamt.packages.trust.repository import Signed, create, listed, publish, rotate, sign, withdraw
from stadtamt.packages.trust.serving import RegistryServer
from stadtamt.packages.trust.state import exists

__all__ = [
    "MAX_ROOT_BYTES",
    "ROLES",
    "Adoption",
    "Contents",
    "Entry",
    "Hit",
    "Registry",
    "RegistryKeys",
    "RegistryProblem",
    "RegistryServer",
    "Signed",
    "add",
    "create",
    "exists",
    "listed",
    "publish",
    "registries",
    "registry",
    "rotate",
    "sign",
    "withdraw",
]
