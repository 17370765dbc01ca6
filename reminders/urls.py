from django.urls import path

from reminders.views import calendar, links, push, settings

app_name = "reminders"

urlpatterns = [
    path("accounts/reminders/", settings.reminder_list, name="reminder-list"),
    path("accounts/reminders/<int:pk>/remove/", settings.reminder_remove, name="reminder-remove"),
    path("accounts/reminders/mails/", settings.mail_wishes, name="mail-wishes"),
    path("accounts/reminders/confirm/", settings.confirm_send, name="confirm-send"),
    path("accounts/reminders/calendar/", settings.feed_renew, name="feed-renew"),
    path("accounts/reminders/limber.ics", calendar.download, name="download"),
    path("accounts/reminders/devices/", push.push_add, name="push-add"),
    path("accounts/reminders/devices/<int:pk>/remove/", push.push_remove, name="push-remove"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("reminders/stop/<str:signed>/", links.stop, name="stop"),
    path("reminders/next-day/<str:signed>/", links.next_day_answer, name="next-day"),
]
