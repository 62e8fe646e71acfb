"""The form as data: groups, questions, fields, checks; read from ``form.yaml``, asked and reviewed without Django."""

from stadtamt.forms.schema import paths
from stadtamt.forms.schema.answering import Ask, Given, PageAnswer, answer_page
from stadtamt.forms.schema.errors import FormProblem
from stadtamt.forms.schema.model import Check, Choice, Field, Group, Question, Schema
from stadtamt.forms.schema.reader import read_form
from stadtamt.forms.schema.review import Review, as_seen, review
from stadtamt.forms.schema.sections import Section, Tally, Task, is_long, sections_of, tasks_of, total
from stadtamt.forms.schema.situation import Answers, Situation

__all__ = [
    "Answers",
    "Ask",
    "Check",
    "Choice",
    "Field",
    "FormProblem",
    "Given",
    "Group",
    "PageAnswer",
    "Question",
    "Review",
    "Schema",
    "Section",
    "Situation",
    "Tally",
    "Task",
    "answer_page",
    "as_seen",
    "is_long",
    "paths",
    "read_form",
    "review",
    "sections_of",
    "tasks_of",
    "total",
]
