from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "stadtamt.cases"
    label = "cases"
