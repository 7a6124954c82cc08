"""Take in what somebody sends, piece by piece to disk, and stop at the limit."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

TOO_LARGE = "hearth.upload_too_large"


class LimitedUpload(TemporaryFileUploadHandler):
    """Counts all files of one request together; past the limit nothing more touches the disk.

    It answers for every address, before anybody is known: a stranger cannot fill the disk either.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > settings.LARGEST_UPLOAD:
            if self.request is not None:
                self.request.META[TOO_LARGE] = True
            # The rest is read and dropped, so that the browser gets an answer in words.
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


def was_too_large(request: Any) -> bool:
    """Whether this request carried more than the limit. Its files are not there then."""
    request.POST  # noqa: B018 - reading it is what receives the files
    return bool(request.META.get(TOO_LARGE))
