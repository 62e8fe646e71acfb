from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "stadtamt.notices"
    label = "notices"

    def ready(self) -> None:
        from stadtamt.kernel.jobs import warm_ups
        from stadtamt.notices.actions import issue_notice
        from stadtamt.notices.rendering import warm_up
        from stadtamt.notices.seal import load
        from stadtamt.processes.ports import activities

        activities.register("issue-notice", issue_notice)
        warm_ups.register("letters", warm_up)
        warm_ups.register("seal", load)
