from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "stadtamt.citizens"
    label = "citizens"
