from django.urls import path

from journal.views import facts, history, offline, sessions, today

app_name = "journal"

urlpatterns = [
    path("", today.today, name="today"),
    path("journal/", history.history, name="history"),
    path("journal/facts/", facts.facts_record, name="facts-record"),
    path("routines/<int:pk>/offline/", offline.kit_play, name="kit-play"),
    path("routines/<int:pk>/offline/before/", offline.kit_before, name="kit-before"),
    path("routines/<int:pk>/offline/finish/", offline.kit_finish, name="kit-finish"),
    path("sessions/<uuid:pk>/before/", sessions.session_before, name="session-before"),
    path("sessions/<uuid:pk>/steps/<int:number>/", sessions.step_done, name="step-done"),
    path("sessions/<uuid:pk>/finish/", sessions.session_finish, name="session-finish"),
]
