"""Administration of the tags: renamed here, made on the orders. One in use is not deleted."""

from django.contrib import admin

from oms.admin_lists import FastAdmin
from orders.desk.notes.models import Tag


@admin.register(Tag)
class TagAdmin(FastAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    ordering = ("name",)
