"""What people choose on the import page; the verb decides."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from oms.models import Channel
from oms.tables.source import MIB
from orders.intake.files.presets import PRESETS

MOST_MEGABYTES = 20
MOST_PASTED = 1_000_000


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV, .csv.gz, XLSX or a shop's REST JSON; up to 20 MB and 20,000 rows"),
        max_length=300,
        error_messages={
            "empty": _("The file is empty. Choose another one"),
            "max_length": _("Shorten the file's name and choose it again"),
        },
    )
    pasted = forms.CharField(
        label=_("Or paste rows from Excel"),
        required=False,
        strip=False,
        help_text=_("Copy the row of headings too"),
        widget=forms.Textarea({"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )
    preset = forms.ChoiceField(label=_("What it is"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        presets = [(preset.name, preset.title) for preset in PRESETS.values()]
        channels = Channel.objects.filter(is_active=True).values_list("code", "name")
        for name, first, choices in (
            ("preset", _("Find out by its columns"), presets),
            ("channel", _("The usual one"), list(channels)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", first), *choices]

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_MEGABYTES * MIB:
            raise forms.ValidationError(
                _("The file is larger than %d MB. Split it, or use the command import_orders.")
                % MOST_MEGABYTES
            )
        return file

    def clean_pasted(self) -> str:
        pasted: str = self.cleaned_data["pasted"]
        if len(pasted) > MOST_PASTED:
            raise forms.ValidationError(
                _("These are more than a million characters. Save them as a file and choose that.")
            )
        return pasted if pasted.strip() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "file" in self.errors or "pasted" in self.errors:
            return cleaned
        if not cleaned.get("file") and not cleaned.get("pasted"):
            self.add_error("file", _("Choose a file, or paste rows below"))
        elif cleaned.get("file") and cleaned.get("pasted"):
            self.add_error("pasted", _("There are a file and pasted rows. Take one of them away"))
        return cleaned
