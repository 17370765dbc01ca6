from django.urls import path

from routines.views import (
    choosing,
    files,
    fitting,
    items,
    player_settings,
    proposals,
    routines,
    sessions,
    sharing,
    sheets,
    shelf,
)

app_name = "routines"

urlpatterns = [
    path("routines/", routines.routine_list, name="routine-list"),
    path("routines/new/", routines.routine_new, name="routine-new"),
    path("routines/add/", choosing.routine_choose, name="routine-choose"),
    path("routines/propose/", proposals.routine_propose, name="routine-propose"),
    path("routines/import/", files.routine_import, name="routine-import"),
    path("routines/<int:pk>/", routines.routine_detail, name="routine-detail"),
    path("routines/<int:pk>/edit/", routines.routine_edit, name="routine-edit"),
    path("routines/<int:pk>/name/", routines.routine_rename, name="routine-rename"),
    path("routines/<int:pk>/undo/", routines.routine_undo, name="routine-undo"),
    path("routines/<int:pk>/fit/", fitting.routine_fit, name="routine-fit"),
    path("routines/<int:pk>/copy/", routines.routine_copy, name="routine-copy"),
    path("routines/<int:pk>/archive/", shelf.routine_archive, name="routine-archive"),
    path("routines/<int:pk>/delete/", shelf.routine_delete, name="routine-delete"),
    path("routines/<int:pk>/schedule/", shelf.routine_schedule, name="routine-schedule"),
    path("routines/<int:pk>/share/", sharing.routine_share, name="routine-share"),
    path("routines/<int:pk>/sheet/", sheets.routine_sheet, name="routine-sheet"),
    path("routines/<int:pk>/export/", files.routine_export, name="routine-export"),
    path("routines/<int:pk>/start/", sessions.session_start, name="session-start"),
    path("routines/<int:pk>/items/", items.item_add, name="item-add"),
    path("routines/<int:pk>/items/<int:item>/", items.item_change, name="item-change"),
    path("routines/<int:pk>/items/<int:item>/move/", items.item_move, name="item-move"),
    path("routines/<int:pk>/items/<int:item>/duplicate/", items.item_duplicate, name="item-duplicate"),
    path("routines/<int:pk>/items/<int:item>/swap/", items.item_swap, name="item-swap"),
    path("routines/<int:pk>/items/<int:item>/remove/", items.item_remove, name="item-remove"),
    path("r/<str:token>/", sharing.shared_detail, name="shared-detail"),
    path("r/<str:token>/start/", sharing.shared_start, name="shared-start"),
    path("r/<str:token>/copy/", sharing.shared_copy, name="shared-copy"),
    path("player/settings/", player_settings.player_settings, name="player-settings"),
    path("sessions/<uuid:pk>/", sessions.session_play, name="session-play"),
]
