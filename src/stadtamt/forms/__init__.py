"""How it is asked: schema, answers, uploads; ends in a submission."""
