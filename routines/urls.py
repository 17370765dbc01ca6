from django.urls import path

from routines.views import choosing, items, routines, sessions

app_name = "routines"

urlpatterns = [
    path("routines/", routines.routine_list, name="routine-list"),
    path("routines/new/", routines.routine_new, name="routine-new"),
    path("routines/add/", choosing.routine_choose, name="routine-choose"),
    path("routines/<int:pk>/", routines.routine_detail, name="routine-detail"),
    path("routines/<int:pk>/edit/", routines.routine_edit, name="routine-edit"),
    path("routines/<int:pk>/name/", routines.routine_rename, name="routine-rename"),
    path("routines/<int:pk>/copy/", routines.routine_copy, name="routine-copy"),
    path("routines/<int:pk>/start/", sessions.session_start, name="session-start"),
    path("routines/<int:pk>/items/", items.item_add, name="item-add"),
    path("routines/<int:pk>/items/<int:item>/", items.item_change, name="item-change"),
    path("routines/<int:pk>/items/<int:item>/move/", items.item_move, name="item-move"),
    path("routines/<int:pk>/items/<int:item>/remove/", items.item_remove, name="item-remove"),
    path("sessions/<uuid:pk>/", sessions.session_play, name="session-play"),
]
