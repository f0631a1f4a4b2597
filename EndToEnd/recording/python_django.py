"""A request to a Django shop that fails in a template."""

import django
import sentry_sdk
from django.conf import settings
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client
from django.urls import path

sentry_sdk.init(release="shop@1.4.2", server_name="shop-1", send_default_pii=True)


def order(request, number):
    return HttpResponse(Template("{% load missing_tags %}").render(Context({"number": number})))


urlpatterns = [path("orders/<int:number>/", order)]
settings.configure(
    DEBUG=False, SECRET_KEY="x" * 50, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}])
django.setup()
Client(raise_request_exception=False).get(
    "/orders/17/", {"page": "2"}, headers={"User-Agent": "curl/8.4.0"}, REMOTE_ADDR="203.0.113.7")
sentry_sdk.flush()
