from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notify", "0001_first_messages")]

    operations = [
        migrations.AddField(model_name="preference", name="red_all_ways", field=models.BooleanField(default=True)),
    ]
