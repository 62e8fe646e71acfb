"""The form as data: groups, questions, fields, checks; read from ``form.yaml``, asked and reviewed without Django."""

from stadtamt.forms.schema.answering import Ask, Given, PageAnswer, answer_page
from stadtamt.forms.schema.errors import FormProblem
from stadtamt.forms.schema.model import Check, Choice, Field, Group, Question, Schema
from stadtamt.forms.schema.reader import read_form
from stadtamt.forms.schema.review import Answers, Review, Situation, review

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
    "Situation",
    "answer_page",
    "read_form",
    "review",
]
