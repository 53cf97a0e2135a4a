"""The Prefect server that a flow runs on: the one that `PREFECT_API_URL` names, or one of its own."""

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.exceptions import PrefectHTTPStatusError

from koe.errors import RetryError, SetupError


def reach_server() -> None:
    """Wait until the server answers; one of its own is started, which takes a while and is kept.

    Raises RetryError where the server that was named does not answer, SetupError where it refuses.
    """
    with get_client(sync_client=True) as client:
        named = f"The Prefect server {_shown(client)!r} of PREFECT_API_URL"
        if client.api_healthcheck() is not None:
            raise RetryError(
                f"{named} does not answer. Start it and run koe again, or unset PREFECT_API_URL."
            )
        try:
            client.raise_for_api_version_mismatch_once()
        except PrefectHTTPStatusError as error:
            status = error.response.status_code
            raise SetupError(
                f"{named} answers {status}. Set PREFECT_API_AUTH_STRING or PREFECT_API_KEY."
            ) from None


def _shown(client: SyncPrefectClient) -> str:
    """The server's address without the name and password that may stand in it."""
    return str(client.api_url.copy_with(userinfo=b"", query=None))
