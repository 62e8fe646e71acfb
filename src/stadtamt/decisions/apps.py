from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "stadtamt.decisions"
    label = "decisions"

    def ready(self) -> None:
        from stadtamt.decisions.actions import assess, decide_automatically
        from stadtamt.processes.ports import activities

        activities.register("assess", assess)
        activities.register("decide-automatically", decide_automatically)
