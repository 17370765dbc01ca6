"""Mail, through a real mail server: links and codes, to whom they go, and what happens where there is no server."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from accounts.models import User
from config.environment import mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

PASSWORD = "correct horse battery"


def text_of(mail: EmailMessage) -> str:
    return mail.get_body().get_content()


def link_in(mail: EmailMessage) -> str:
    return re.search(r"http://testserver(/\S+)", text_of(mail))[1]


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, ana, mail_server):
    client.post("/accounts/password/reset/", {"email": ana.email})
    assert mail_server.only()["X-To"] == ana.email
    link = link_in(mail_server.only())
    page = client.get(link, follow=True)
    new = {"password1": "quite another one", "password2": "quite another one"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password("quite another one")
    assert "This link no longer works" in Client().get(link, follow=True).text


def test_a_link_for_a_new_password_lives_for_an_hour(client, ana, mail_server):
    client.post("/accounts/password/reset/", {"email": ana.email})
    link = link_in(mail_server.only())
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "This link no longer works" in client.get(link, follow=True).text


def test_a_code_by_mail_signs_in(client, ana, mail_server):
    client.post("/accounts/login/code/", {"email": ana.email})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", text_of(mail_server.only()), re.MULTILINE)[1]
    assert client.post("/accounts/login/code/confirm/", {"code": "WRONGS"}).status_code in (200, 422)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.get("/").wsgi_request.user == ana


def test_the_address_changes_once_the_new_one_is_confirmed(client_of, ana, mail_server):
    client = client_of(ana)
    client.post("/accounts/again/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert mail_server.only()["X-To"] == "new@example.org"
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    client.post(link_in(mail_server.only()))
    ana.refresh_from_db()
    assert ana.email == "new@example.org"


@pytest.mark.parametrize("address", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_nobody_learns_whether_an_address_has_an_account(client, ana, mail_server, address):
    answers = []
    for email in (ana.email, "nobody@example.org"):
        answer = Client().post(address, {"email": email}, follow=True)
        token = re.compile(r'(csrfmiddlewaretoken" value=")[^"]+')
        text = token.sub("", answer.text).replace(email, "ADDRESS")
        answers.append((answer.status_code, answer.redirect_chain, text))
    assert answers[0] == answers[1]
    assert mail_server.only()["X-To"] == ana.email


def test_signing_in_says_the_same_of_an_unknown_address_and_of_a_wrong_password(client, ana):
    pages = [
        client.post("/accounts/login/", {"login": email, "password": "wrong"}).text.replace(email, "ADDRESS")
        for email in (ana.email, "nobody@example.org")
    ]
    said = [re.findall(r'role="alert">.*?</p>', page) for page in pages]
    assert said[0] == said[1] != []


def test_mail_holds_no_header_of_somebody_elses(client, ana, mail_server):
    answer = client.post("/accounts/password/reset/", {"email": "ana@example.org\r\nBcc: x@example.org"})
    assert answer.status_code == 422
    assert mail_server.mails == []


def test_a_mail_server_that_is_down_breaks_no_page(client, ana, settings):
    settings.HAS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert client.post("/accounts/password/reset/", {"email": ana.email}).status_code == 302


@pytest.mark.parametrize("address", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_without_a_mail_server_the_pages_say_so(client, settings, address):
    settings.HAS_MAIL = False
    assert "This Limber sends no mail" in client.get(address).text
    assert "This Limber sends no mail" in client.get("/accounts/login/").text


def test_without_a_mail_server_signing_up_and_changing_the_password_work(client, settings):
    settings.HAS_MAIL = False
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    client.post("/accounts/signup/", {"email": "cleo@example.org", "password1": PASSWORD})
    words = {"oldpassword": PASSWORD, "password1": "quite another one", "password2": "quite another one"}
    assert client.post("/accounts/password/", words).status_code == 302
    assert User.objects.get().check_password("quite another one")


def test_a_new_password_signs_every_other_device_out(client_of, ana):
    here, there = client_of(ana), client_of(ana)
    words = {"oldpassword": PASSWORD, "password1": "quite another one", "password2": "quite another one"}
    here.post("/accounts/password/", words)
    assert here.get("/").wsgi_request.user.is_authenticated
    assert not there.get("/").wsgi_request.user.is_authenticated


def test_other_devices_are_listed_and_signed_out(ana):
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/accounts/login/", {"login": ana.email, "password": PASSWORD})
    assert here.get("/accounts/devices/").text.count("Another browser") == 1
    here.post("/accounts/devices/")
    assert here.get("/").wsgi_request.user == ana
    assert not there.get("/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize(
    "url", ["http://x", "smtp://:25", "smtp://h:x", "smtp://h?tls=1&x=2", "smtp://a:b:c@[h"]
)
def test_an_address_of_a_mail_server_that_cannot_be_read_is_refused_without_repeating_it(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        mail(url)
    assert url not in str(refused.value)


def test_the_address_of_a_mail_server_is_read_whole():
    described = mail("smtp://me%40x:p%3Aw@mail.example.org?ssl=1")
    assert described["EMAIL_HOST_USER"] == "me@x"
    assert described["EMAIL_HOST_PASSWORD"] == "p:w"
    assert (described["EMAIL_PORT"], described["EMAIL_USE_SSL"], described["EMAIL_USE_TLS"]) == (
        465,
        True,
        False,
    )
