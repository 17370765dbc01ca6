from django import template

from stretches.dose import clock

register = template.Library()
register.filter("clock", clock)
