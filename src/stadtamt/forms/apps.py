from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "stadtamt.forms"
    label = "forms"
