"""The words that stretches share: muscles and pieces of equipment, written by `stretches.catalogue.load`."""

from django.db import models

from stretches.words import Area


class Muscle(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)  # as anatomists say: "gluteus maximus"
    everyday_name = models.CharField(max_length=60)  # as people say: "buttock"
    area = models.CharField(max_length=18, choices=Area, default="")  # until the files are loaded anew

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.everyday_name} ({self.name})"


class Equipment(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "equipment"

    def __str__(self) -> str:
        return self.name
