from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "stadtamt.kernel"
    label = "kernel"
