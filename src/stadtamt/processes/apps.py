from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "stadtamt.processes"
    label = "processes"
