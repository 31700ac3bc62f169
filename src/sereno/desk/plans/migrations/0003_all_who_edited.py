"""Nobody who edited a draft approves it: the trail knows who did so until now."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def name_the_editors(apps: Any, _schema: Any) -> None:
    trail = apps.get_model("audit", "AuditRow").objects
    for draft in apps.get_model("plans", "PlanDraft").objects.select_related("version"):
        saved = trail.filter(object_type="plans.plandraft", object_id=draft.pk, action="plan.draft_saved").order_by(
            "pk"
        )
        found = [*saved.values_list("by_id", flat=True), draft.edited_by_id]
        draft.editors = list(dict.fromkeys(editor for editor in found if editor is not None))
        draft.save(update_fields=["editors"])
        if draft.version is not None:
            draft.version.editors = draft.editors
            draft.version.save(update_fields=["editors"])
    for version in apps.get_model("plans", "PlanVersion").objects.filter(edited_by_id__isnull=False, editors=[]):
        version.editors = [version.edited_by_id]
        version.save(update_fields=["editors"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first_street"), ("plans", "0002_plan_life")]

    operations = [
        migrations.AddField("plandraft", "editors", models.JSONField(default=list)),
        migrations.AddField("planversion", "editors", models.JSONField(default=list)),
        migrations.RunPython(name_the_editors, migrations.RunPython.noop, elidable=True),
    ]
