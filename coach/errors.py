"""Every way the coach can say no, as one tree:

    CoachError
    ├── BadInput            a file or a text that cannot be used; what is wrong and what to do is in the words
    │   ├── BadRecording    no sound, no words, no container that we know
    │   ├── BadTranscript   not text, no turns, broken subtitle
    │   └── BadContent      a case, scenario or handbook that breaks its schema
    ├── NotFound            an id that names nothing here
    ├── Refused             a rule says no (consent missing, certificate refused)
    ├── Unavailable         a part that is not there now; it may be later
    │   ├── ModelMissing    the Whisper or embedding model is not on this machine
    │   ├── EngineDown      the model's endpoint does not answer, refuses or answers rubbish
    │   ├── DiskFull        nothing more fits on the disk
    │   └── DiskReadOnly    the disk or its folder takes no writing
    ├── Busy                somebody else holds the lock
    └── Broken              our own files are damaged (index build, database)

An error is for people: `message` says what happened, `next` the one way on, both in zh and en.
Vendors' errors are translated in the adapter that met them; only commands and pages print them.
"""

from __future__ import annotations

from coach.vocabulary import Language

Words = tuple[str, str]
"""(Chinese, English) of one sentence."""


class CoachError(Exception):
    """Something the coach could not do, said in the user's words.

    `what` and `next` are (zh, en) pairs; `code` is stable and printed in JSON.
    """

    code = "error"

    def __init__(self, what: Words, next: Words = ("", "")) -> None:
        super().__init__(what[1])
        self.what = what
        self.next = next

    def message(self, language: Language) -> str:
        """What happened, in one sentence."""
        return self.what[0 if language == "zh" else 1]

    def way_on(self, language: Language) -> str:
        """What to do about it; empty when there is nothing to do."""
        return self.next[0 if language == "zh" else 1]

    def as_json(self, language: Language) -> dict[str, str]:
        """The `error` object that commands print."""
        return {"code": self.code, "message": self.message(language), "next": self.way_on(language)}


class BadInput(CoachError):
    code = "bad_input"


class BadRecording(BadInput):
    code = "bad_recording"


class BadTranscript(BadInput):
    code = "bad_transcript"


class BadContent(BadInput):
    code = "bad_content"


class NotFound(CoachError):
    code = "not_found"


class Refused(CoachError):
    code = "refused"


class Unavailable(CoachError):
    code = "unavailable"


class ModelMissing(Unavailable):
    code = "model_missing"


class EngineDown(Unavailable):
    code = "engine_down"


class DiskFull(Unavailable):
    code = "disk_full"


class DiskReadOnly(Unavailable):
    code = "disk_read_only"


class Busy(CoachError):
    code = "busy"


class Broken(CoachError):
    code = "broken"
