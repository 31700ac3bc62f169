"""People, brands, and who may do what in which brand."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserDirectory(BaseUserManager["User"]):
    """People are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if "@" not in email:
            raise ValueError(f"'{email}' is no e-mail address; people sign in with theirs, such as ana@brand.example")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody on the team."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default="en")
    timezone = models.CharField(max_length=60, default="UTC")
    theme = models.CharField(max_length=10, default="auto")
    """auto, light or dark."""
    density = models.CharField(max_length=12, default="comfortable")
    """comfortable or compact."""
    shortcuts = models.BooleanField(default=True)
    """Single-key shortcuts can be switched off (WCAG 2.1.4)."""
    veil = models.BooleanField(default=True)
    """Abusive texts stay hidden until the person chooses to read them."""
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserDirectory] = UserDirectory()

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class Brand(models.Model):
    """Brands are strictly apart: every row of theirs carries their key."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do in one brand; who may do what stands in `permissions.py`."""

    OWNER = "owner", _("Owner")
    CARE_LEAD = "care_lead", _("Care lead")
    COMMUNITY_MANAGER = "community_manager", _("Community manager")
    AREA_OWNER = "area_owner", _("Area owner")
    COMMITTEE = "committee", _("Committee")
    SAFETY_CONTACT = "safety_contact", _("Safety contact")
    """Called at once when somebody is in danger: the starter plan's rules for self-harm and threats name this role."""
    APPROVER = "approver", _("Approver")
    AUDITOR = "auditor", _("Auditor")


class Membership(models.Model):
    """A person's role in a brand. One person may have several."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    area = models.CharField(max_length=60, blank=True)
    """For area owners: the plan's name of their area."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "brand", "role", "area"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.brand}"
