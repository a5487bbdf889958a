from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as `parts/tabs_counts.html` shows it; `count` None when it is not known.

    `icon` and `hint` (what the icon means) tell of whose it is, `mark` that it is not as it was saved; `hotkey` is its
    key.
    """

    label: str
    url: str
    is_current: bool
    count: int | str | None = None
    urgent: bool = False
    icon: str = ""
    hint: str = ""
    mark: str = ""
    hotkey: str = ""
