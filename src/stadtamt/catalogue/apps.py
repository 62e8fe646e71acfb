from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "stadtamt.catalogue"
    label = "catalogue"
