"""What people choose on the import page; the verb decides."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from oms.models import Channel
from oms.tables.source import MIB
from orders.intake.files.presets import PRESETS

MOST_MEGABYTES = 20


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, .csv.gz, XLSX or a shop's REST JSON; up to 20 MB and 20,000 rows"),
        max_length=300,
        error_messages={
            "required": _("Choose a file"),
            "empty": _("The file is empty. Choose another one"),
            "max_length": _("Shorten the file's name and choose it again"),
        },
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

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_MEGABYTES * MIB:
            raise forms.ValidationError(
                _("The file is larger than %d MB. Split it, or use the command import_orders.")
                % MOST_MEGABYTES
            )
        return file
