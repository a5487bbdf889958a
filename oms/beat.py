"""What the clock starts: the name of each task, how often, and when a run that nobody took is worth nothing more."""

SCHEDULE = {
    "heartbeat": {"task": "oms.tasks.heartbeat", "schedule": 20.0, "options": {"expires": 20}},
    "sweep": {"task": "orders.tasks.sweep", "schedule": 60.0, "options": {"expires": 55}},
    "pace": {
        "task": "inventory.tasks.refresh_pace",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
    "truth": {
        "task": "orders.tasks.look_at_truth",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
}
