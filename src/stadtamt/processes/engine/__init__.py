"""The engine behind the processes: BPMN in, steps and waiting tasks out. The only place that knows SpiffWorkflow."""

from stadtamt.processes.engine.errors import (
    DataNotPlain,
    EngineRefusal,
    NotTransplantable,
    NoWayOut,
    ProcessOverrun,
    ProcessRefused,
    ProcessStuck,
    StateOfAnotherVersion,
    TaskNotWaiting,
    TimerUnclear,
)
from stadtamt.processes.engine.reading import read_process
from stadtamt.processes.engine.running import (
    Activities,
    ProcessState,
    Progress,
    StepDone,
    WaitingTask,
    advance,
    complete,
    start,
)
from stadtamt.processes.engine.spec import Finding, ProcessSpec, Step, load_spec
from stadtamt.processes.engine.transplanting import transplant

__all__ = [
    "Activities",
    "DataNotPlain",
    "EngineRefusal",
    "Finding",
    "NoWayOut",
    "NotTransplantable",
    "ProcessOverrun",
    "ProcessRefused",
    "ProcessSpec",
    "ProcessState",
    "ProcessStuck",
    "Progress",
    "StateOfAnotherVersion",
    "Step",
    "StepDone",
    "TaskNotWaiting",
    "TimerUnclear",
    "WaitingTask",
    "advance",
    "complete",
    "load_spec",
    "read_process",
    "start",
    "transplant",
]
