from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "stadtamt.payments"
    label = "payments"
