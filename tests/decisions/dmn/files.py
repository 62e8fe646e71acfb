"""Small DMN files, written the way a modeller exports them."""

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def file_of(body: str, namespace: str = NAMESPACE) -> bytes:
    """A whole file around the given elements; the body begins in line 2."""
    return f'<definitions xmlns="{namespace}" id="d" name="d" namespace="urn:test">\n{body}\n</definitions>'.encode()


def literal(name: str, expression: str, *, requires: tuple[str, ...] = ()) -> str:
    """A decision made of one expression; its id is `id_` and its name."""
    arrows = "".join(
        f'<informationRequirement><requiredDecision href="#id_{one}"/></informationRequirement>' for one in requires
    )
    return (
        f'<decision id="id_{name}" name="{name}">{arrows}'
        f"<literalExpression><text><![CDATA[{expression}]]></text></literalExpression></decision>"
    )


def table(
    inputs: tuple[str, ...], rules: list[tuple[str, ...]], *, attributes: str = "", outputs: tuple[str, ...] = ("",)
) -> str:
    """A decision table; every rule holds its conditions, then its results."""

    def text(element: str, source: str) -> str:
        return f"<{element}><text><![CDATA[{source}]]></text></{element}>"

    rows = "".join(
        "<rule>"
        + "".join(text("inputEntry", cell) for cell in rule[: len(inputs)])
        + "".join(text("outputEntry", cell) for cell in rule[len(inputs) :])
        + "</rule>"
        for rule in rules
    )
    return (
        f'<decisionTable id="t" {attributes}>'
        + "".join(f"<input>{text('inputExpression', one)}</input>" for one in inputs)
        + "".join(f'<output name="{one}"/>' if one else "<output/>" for one in outputs)
        + rows
        + "</decisionTable>"
    )


def decision(name: str, logic: str) -> str:
    """A decision around any logic."""
    return f'<decision id="id_{name}" name="{name}">{logic}</decision>'
