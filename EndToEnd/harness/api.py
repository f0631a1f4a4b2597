"""The web API, asked with a bearer token."""

import requests

ORGANIZATION = "flycatcher"
# What a token needs that changes issues and rules; who may write may read.
WRITING = ("org:read", "project:write", "event:write")


class API:
    """Reads what the server stored."""

    def __init__(self, address: str, token: str):
        self.address = address
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def request(self, path: str, **parameters) -> requests.Response:
        return self.session.get(f"{self.address}/api/0{path}", params=parameters, timeout=10)

    def get(self, path: str, **parameters):
        response = self.request(path, **parameters)
        assert response.status_code == 200, f"GET {path}: {response.status_code} {response.text[:500]}"
        return response.json()

    def locate(self, event_id: str) -> dict:
        """Where an event is: `groupId`, `projectSlug` …"""
        return self.get(f"/organizations/{ORGANIZATION}/eventids/{event_id}/")

    def has(self, event_id: str) -> bool:
        status = self.request(f"/organizations/{ORGANIZATION}/eventids/{event_id}/").status_code
        assert status in (200, 404), f"looking for {event_id}: {status}"
        return status == 200

    def event(self, project: str, event_id: str) -> dict:
        return self.get(f"/projects/{ORGANIZATION}/{project}/events/{event_id}/")

    def wire_event(self, project: str, event_id: str) -> dict:
        """The stored, normalised event in wire form."""
        return self.get(f"/projects/{ORGANIZATION}/{project}/events/{event_id}/json/")

    def issues(self, project: str, **parameters) -> list[dict]:
        """All issues of a project, page after page."""
        response = self.request(f"/organizations/{ORGANIZATION}/issues/", project=project, limit=100, **parameters)
        found = self._page(response)
        while response.links.get("next", {}).get("results") == "true":
            response = self.session.get(response.links["next"]["url"], timeout=10)
            found += self._page(response)
        return found

    def issue_of(self, event_id: str) -> dict:
        location = self.locate(event_id)
        found = [issue for issue in self.issues(location["projectSlug"]) if issue["id"] == location["groupId"]]
        assert found, f"the issue of event {event_id} is not in the list of its project"
        return found[0]

    @staticmethod
    def _page(response: requests.Response) -> list[dict]:
        assert response.status_code == 200, f"{response.url}: {response.status_code} {response.text[:500]}"
        return response.json()
