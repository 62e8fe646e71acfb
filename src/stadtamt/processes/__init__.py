"""How it moves: BPMN run, tasks, timers; the only place that knows the engine."""
