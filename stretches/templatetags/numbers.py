from django import template

from stretches.numbers import clock, in_words, minutes, stretches

register = template.Library()
for number_filter in (clock, in_words, minutes, stretches):
    register.filter(number_filter)
