from django.apps import AppConfig


class PostboxConfig(AppConfig):
    name = "stadtamt.postbox"
    label = "postbox"

    def ready(self) -> None:
        from stadtamt.postbox import actions
        from stadtamt.processes.ports import activities

        activities.register("deliver", actions.order_delivery)
        activities.register("deliver-by-post", actions.order_delivery_by_post)
        activities.register("ask-citizen", actions.ask_citizen)
