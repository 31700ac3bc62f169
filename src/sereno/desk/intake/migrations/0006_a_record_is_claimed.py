from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("intake", "0005_faults_and_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="rawrecord",
            name="lease_until",
            field=models.DateTimeField(null=True),
        ),
    ]
