from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "stadtamt.adapters.mail"
    label = "mail"

    def ready(self) -> None:
        from stadtamt.adapters.mail.carrier import carry
        from stadtamt.postbox.ports import carriers

        carriers.register("mail", carry)
