from django.apps import AppConfig


class PackagesConfig(AppConfig):
    name = "stadtamt.packages"
    label = "packages"
