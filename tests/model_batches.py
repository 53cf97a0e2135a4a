"""OpenAI's files and batches as `tests.model_server` plays them."""

import json
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

Answer = Callable[[Mapping[str, Any]], tuple[int, dict[str, Any]]]


class Batches:
    """Files and batches in memory. What a test may set: how a batch ends, and how many looks it takes."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.looks = 2
        """A batch is done at this look."""
        self.ends = "completed"
        """Or `expired`, `failed`, `cancelled`."""
        self.unanswered: Callable[[str], bool] = lambda custom_id: False
        """Lines that an expired batch never came to."""
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self._looked: dict[str, int] = {}
        self._lock = threading.Lock()

    def post(self, path: str, body: Any) -> dict[str, Any]:
        """A new file or a new batch."""
        with self._lock:
            if path.endswith("/files"):
                return self._file(_uploaded(body))
            number = f"batch_{len(self.batches) + 1}"
            made = {
                "id": number,
                "object": "batch",
                "endpoint": body["endpoint"],
                "input_file_id": body["input_file_id"],
                "completion_window": body["completion_window"],
                "status": "validating",
                "created_at": 1,
                "metadata": body.get("metadata"),
            }
            self.batches[number] = made
            return made

    def get(self, path: str) -> Any:
        """A batch, the list of them, or a file's content; None when there is no such thing."""
        with self._lock:
            path = path.partition("?")[0]
            if found := re.search(r"/files/([^/]+)/content$", path):
                return self.files.get(found[1])
            if found := re.search(r"/batches/([^/]+)$", path):
                return self._look(found[1])
            if path.endswith("/batches"):
                return {"object": "list", "data": list(self.batches.values()), "has_more": False}
            return None

    def _look(self, number: str) -> dict[str, Any] | None:
        batch = self.batches.get(number)
        if batch is None:
            return None
        self._looked[number] = self._looked.get(number, 0) + 1
        if batch["status"] in ("validating", "in_progress"):
            batch["status"] = "in_progress"
            if self._looked[number] >= self.looks:
                self._finish(batch)
        return batch

    def _finish(self, batch: dict[str, Any]) -> None:
        batch["status"] = self.ends
        if self.ends in ("failed", "cancelled"):
            return
        lines = self.files[batch["input_file_id"]].decode().splitlines()
        done = [self._line(json.loads(line)) for line in reversed(lines)]
        good = [line for line in done if line["response"] and line["response"]["status_code"] == 200]
        bad = [line for line in done if line not in good]
        for name, rows in (("output_file_id", good), ("error_file_id", bad)):
            if rows:
                batch[name] = self._file("".join(json.dumps(row) + "\n" for row in rows).encode())["id"]

    def _line(self, request: dict[str, Any]) -> dict[str, Any]:
        name = request["custom_id"]
        if self.unanswered(name):
            error = {"code": "batch_expired", "message": "This request could not be executed in time."}
            return {"id": f"r_{name}", "custom_id": name, "response": None, "error": error}
        code, body = self.answer(request["body"])
        response = {"status_code": code, "request_id": "r", "body": body}
        return {"id": f"r_{name}", "custom_id": name, "response": response, "error": None}

    def _file(self, content: bytes) -> dict[str, Any]:
        number = f"file_{len(self.files) + 1}"
        self.files[number] = content
        made = {"id": number, "object": "file", "bytes": len(content), "created_at": 1}
        return {**made, "filename": "a.jsonl", "purpose": "batch", "status": "processed"}


def _uploaded(body: bytes) -> bytes:
    """The file in a multipart form."""
    mark = body.split(b"\r\n", 1)[0]
    for part in body.split(mark):
        head, _, content = part.partition(b"\r\n\r\n")
        if b'name="file"' in head:
            return content.removesuffix(b"\r\n")
    raise ValueError("the form has no file")
