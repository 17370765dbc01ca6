from datetime import date

from django.urls import path, register_converter

from journal.views import (
    days,
    export,
    facts,
    flares,
    history,
    imports,
    offline,
    pauses,
    report,
    scores,
    sessions,
    sore_day,
    today,
    years,
)


class Day:
    """A day in an address: 2026-05-14. What is no day is 404."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class Year:
    """A year in an address: 2026."""

    regex = r"[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class Month(Day):
    """A month in an address, as its first day: 2026-05."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


register_converter(Day, "day")
register_converter(Month, "month")
register_converter(Year, "year")

app_name = "journal"

urlpatterns = [
    path("", today.today, name="today"),
    path("journal/", history.history, name="history"),
    path("journal/<day:on>/", days.day, name="day"),
    path("journal/<month:month>/", days.month, name="month"),
    path("journal/check-in/", scores.check_in, name="check-in"),
    path("journal/check-ins/<int:pk>/", scores.check_in_change, name="check-in-change"),
    path("journal/check-ins/<int:pk>/remove/", scores.check_in_remove, name="check-in-remove"),
    path("journal/flares/", flares.flare_list, name="flare-list"),
    path("journal/flares/<int:pk>/", flares.flare_change, name="flare-change"),
    path("journal/flares/<int:pk>/end/", flares.flare_end, name="flare-end"),
    path("journal/flares/<int:pk>/remove/", flares.flare_remove, name="flare-remove"),
    path("journal/pauses/", pauses.pause_list, name="pause-list"),
    path("journal/pauses/<int:pk>/end/", pauses.pause_end, name="pause-end"),
    path("journal/sore-day/", sore_day.sore_day, name="sore-day"),
    path("journal/years/<year:year>/", years.year, name="year"),
    path("journal/helps/", history.helps, name="helps"),
    path("journal/report/", report.report, name="report"),
    path("journal/export/", export.export, name="export"),
    path("journal/export/limber.json", export.export_json, name="export-json"),
    path("journal/export/<slug:name>.csv", export.export_csv, name="export-csv"),
    path("journal/import/", imports.journal_import, name="import"),
    path("journal/facts/", facts.facts_record, name="facts-record"),
    path("routines/<int:pk>/offline/", offline.kit_play, name="kit-play"),
    path("routines/<int:pk>/offline/before/", offline.kit_before, name="kit-before"),
    path("routines/<int:pk>/offline/finish/", offline.kit_finish, name="kit-finish"),
    path("sessions/<uuid:pk>/before/", sessions.session_before, name="session-before"),
    path("sessions/<uuid:pk>/steps/<int:number>/", sessions.step_done, name="step-done"),
    path("sessions/<uuid:pk>/finish/", sessions.session_finish, name="session-finish"),
    path("sessions/<uuid:pk>/scores/<slug:moment>/", scores.session_score, name="session-score"),
    path("sessions/<uuid:pk>/hurts/<int:step>/remove/", days.hurt_remove, name="hurt-remove"),
    path("sessions/<uuid:pk>/remove/", days.session_remove, name="session-remove"),
]
