from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "stadtamt.web"
    label = "web"
