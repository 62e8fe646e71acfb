from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "stadtamt.notices"
    label = "notices"

    def ready(self) -> None:
        from stadtamt.notices.actions import issue_notice
        from stadtamt.processes.ports import activities

        activities.register("issue-notice", issue_notice)
