"""A routine proposed from a few answers, and made to be changed."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.guests import person_of
from config.htmx import render_page
from routines.models import Item, Routine
from routines.proposal import MAT, Candidate, Proposal, propose
from routines.proposal_forms import answers_in, questions
from stretches.mine import Mine
from stretches.models import Equipment, Stretch, StretchMuscle


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def routine_propose(request: HttpRequest) -> HttpResponse:
    """The answers, in the address, and what they lead to; a POST of the same answers makes it a routine."""
    pieces = dict(
        Equipment.objects.exclude(slug=MAT).filter(stretch__listed=True).values_list("slug", "name")
    )
    answers = answers_in(request.POST if request.method == "POST" else request.GET, pieces)
    candidates, not_shown = _candidates(request.user)
    proposal = propose(answers, candidates)
    items = _items(proposal)
    error = ""
    if request.method == "POST" and items:
        try:
            routine = Routine.objects.make(person_of(request), answers.name, items)
            return redirect("routines:routine-edit", routine.pk)
        except ValidationError as full:
            error = str(full.message)
    context = {
        "questions": questions(answers, pieces),
        "proposal": proposal,
        "rows": list(zip(proposal.picks, items, strict=True)),
        "not_shown": not_shown,
        "error": error,
    }
    return render_page(
        request,
        "routines/propose.html",
        context,
        fragments={"proposal": "routines/_proposal.html"},
        status=422 if request.method == "POST" else 200,
    )


def _candidates(user: object) -> tuple[list[Candidate], int]:
    """What may be proposed to a person, and how many may not, because they set them aside or leave them out.

    One with a rule about the sore side is never proposed: nobody is asked which side that is.
    """
    mine = Mine.of(user)
    main = StretchMuscle.objects.filter(primary=True).select_related("muscle")
    stretches = (
        Stretch.objects.listed()
        .filter(side_rule="")
        .select_related("easier")
        .defer("figure", "easier__figure")
        .prefetch_related("equipment", Prefetch("stretch_muscles", main))
    )
    fine = [stretch for stretch in stretches if not mine.objection(stretch)]
    return [_candidate(stretch) for stretch in fine], len(stretches) - len(fine)


def _candidate(stretch: Stretch) -> Candidate:
    areas = dict.fromkeys(muscle.area for muscle in stretch.primary_muscles)
    return Candidate(
        scalable=Item(stretch=stretch, **asdict(stretch.dose)).scalable,
        kind=stretch.kind,
        position=stretch.position,
        directions=tuple(stretch.directions),
        areas=tuple(areas),
        needs=frozenset(piece.slug for piece in stretch.equipment.all()),
        intensity=stretch.intensity or 1,
        acute_ok=stretch.acute_ok,
    )


def _items(proposal: Proposal) -> list[Item]:
    """The proposal as items that are not saved, and in no routine yet."""
    stretches = {
        each.slug: each
        for each in Stretch.objects.select_related("easier").filter(slug__in=[i.slug for i in proposal.items])
    }
    return [Item(stretch=stretches[item.slug], **asdict(item.dose)) for item in proposal.items]
