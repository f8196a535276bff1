"""The offline engine: reads with cues and small linear models, in numpy, without any network. `OfflineEngine` is all one needs."""

from coach.reading.offline.reader import OfflineEngine

__all__ = ["OfflineEngine"]
