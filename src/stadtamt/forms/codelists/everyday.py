"""What people call states, where the official list calls them otherwise. Keys as :func:`folding.plain` writes them."""

from __future__ import annotations

EVERYDAY: dict[str, tuple[str, ...]] = {
    "belarus": ("Weißrussland",),
    "cabo verde": ("Kapverden", "Kap Verde"),
    "china": ("Volksrepublik China",),
    "cote divoire": ("Elfenbeinküste",),
    "deutschland": ("BRD",),
    "eswatini": ("Swasiland",),
    "iran": ("Persien",),
    "kongo demokratische republik": ("Zaire", "Kongo-Kinshasa"),
    "korea demokratische volksrepublik": ("Nordkorea",),
    "korea republik": ("Südkorea",),
    "moldau": ("Moldawien",),
    "myanmar": ("Birma", "Burma"),
    "niederlande": ("Holland",),
    "nordmazedonien": ("Mazedonien",),
    "russische foederation": ("Russland",),
    "sri lanka": ("Ceylon",),
    "timor leste": ("Osttimor",),
    "tschechien": ("Tschechische Republik", "Tschechei"),
    "vatikanstadt": ("Vatikan",),
    "vereinigte arabische emirate": ("Dubai", "Abu Dhabi"),
    "vereinigte staaten": ("USA", "Amerika"),
    "vereinigte staaten von amerika": ("USA", "Amerika"),
    "vereinigtes koenigreich": ("England", "Großbritannien", "Schottland", "Wales", "Nordirland"),
}
