"""The offline engine: reads with cues and small linear models, in numpy, without any network. `OfflineEngine` is all one needs."""

from coach.reading.offline.heads import ARTEFACT
from coach.reading.offline.reader import OfflineEngine, own_artefact

__all__ = ["ARTEFACT", "OfflineEngine", "own_artefact"]
