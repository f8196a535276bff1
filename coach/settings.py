"""One table of settings: every environment variable that the coach reads, with its default and what it does.

The table feeds the code, `coach doctor`, the README and a test. Nothing else reads the environment.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach.quiet import keep_quiet as keep_quiet
from coach.vocabulary import Language

Device = Literal["auto", "cpu", "cuda"]
ComputeType = Literal["auto", "int8", "int8_float16", "float16", "float32"]


class Settings(BaseSettings):
    """The settings of one coach; each is read from COACH_<NAME> in the environment."""

    model_config = SettingsConfigDict(env_prefix="COACH_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("peipao", appauthor=False),
        description="folder that holds the database, recordings, index builds and models",
    )
    language: Language = Field("zh", description="language of messages and pages when nothing else says it")
    database_url: str = Field("", description="SQLAlchemy URL; empty means SQLite inside the home folder")
    recordings_folder: str = Field(
        "", description="folder of the recordings; empty means `recordings` inside the home folder"
    )
    whisper_model: str = Field(
        "", description="Whisper by name or folder; empty: the best one installed, else the demo"
    )
    whisper_device: Device = Field("auto", description="where Whisper runs")
    whisper_compute_type: ComputeType = Field(
        "auto", description="number format of Whisper; auto: the fastest of the device"
    )
    hotwords: str = Field("", description="words that recordings will hold, before those of the glossary")
    speaker_model: str = Field(
        "", description="folder with a speaker model (model.onnx); empty: voices are told apart by timbre"
    )
    transcribe_base_url: str = Field(
        "", description="OpenAI-compatible endpoint that hears recordings; empty: they stay on this machine"
    )
    transcribe_model: str = Field("whisper-1", description="model name at the transcription endpoint")
    transcribe_api_key: SecretStr = Field(SecretStr(""), description="key for the transcription endpoint")
    transcribe_timeout: float = Field(300.0, gt=0, description="seconds to wait for ten minutes of sound")
    max_audio_minutes: int = Field(240, ge=1, description="longer recordings are refused")
    max_audio_mb: int = Field(1024, ge=1, description="larger files are refused")
    engine: Literal["auto", "offline", "llm"] = Field(
        "auto", description="who reads and words: auto takes the model when an endpoint is configured"
    )
    llm_base_url: str = Field("", description="OpenAI-compatible endpoint; empty: nothing leaves the machine")
    llm_model: str = Field("", description="model name at the endpoint")
    llm_api_key: SecretStr = Field(SecretStr(""), description="key for the endpoint")
    llm_timeout: float = Field(30.0, gt=0, description="seconds to wait for the endpoint")
    llm_structured: Literal["auto", "json_schema", "function_calling", "prompt"] = Field(
        "auto", description="how answers are given a shape; auto tries them in this order"
    )
    llm_retries: int = Field(
        1, ge=0, le=5, description="how often a busy or failing endpoint is asked again at once"
    )
    llm_parallel: int = Field(
        8, ge=1, le=64, description="how many questions are put to the endpoint at the same time"
    )
    llm_tokens_per_call: int = Field(
        12_000, ge=1_000, description="longest question with its answer; longer talks are read in windows"
    )
    llm_tokens_per_day: int = Field(
        2_000_000, ge=0, description="no more is asked of the endpoint on that day; 0: no limit"
    )
    llm_mask: Literal["auto", "always", "never"] = Field(
        "auto",
        description="mask names, numbers and firms in what is sent; auto: unless the endpoint is this machine",
    )
    llm_embedding_model: str = Field(
        "", description="embedding model at the endpoint, used where the embedder is `endpoint`"
    )
    embedder: str = Field(
        "",
        description="folder of a sentence-transformers model, or `endpoint`; empty: the shipped static table",
    )
    keep_recordings_days: int = Field(
        0, ge=0, description="days after which the sound of a visit is erased, its record stays; 0: never"
    )
    keep_visits_days: int = Field(
        0, ge=0, description="days after which a visit is erased with all that came of it; 0: never"
    )
    keep_backups_days: int = Field(
        30, ge=0, description="days after which a backup in the home is erased; 0: never"
    )
    index_builds_kept: int = Field(2, ge=1, description="how many complete index builds stay on disk")
    host: str = Field("127.0.0.1", description="address of `coach serve`; only loopback without accounts")
    port: int = Field(7860, ge=1, le=65535, description="port of `coach serve`")

    @property
    def llm_masks(self) -> bool:
        """Whether what is sent to the endpoint is masked: by default unless its address means this machine."""
        if self.llm_mask != "auto":
            return self.llm_mask == "always"
        host = (urlsplit(self.llm_base_url).hostname or "").casefold()
        try:
            return host != "localhost" and not ip_address(host).is_loopback
        except ValueError:
            return True

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.home / 'coach.db'}"

    @property
    def recordings(self) -> Path:
        """Folder of the stored recordings, each named by its SHA-256."""
        return (
            Path(self.recordings_folder).expanduser() if self.recordings_folder else self.home / "recordings"
        )

    @property
    def index(self) -> Path:
        """Folder of the index builds."""
        return self.home / "index"

    @property
    def models(self) -> Path:
        """Folder of the models that the user pulled."""
        return self.home / "models"

    def table(self) -> list[tuple[str, str, str]]:
        """Rows (variable, default, what it does) for the README and the help; secrets show no value."""
        rows = []
        for field, info in type(self).model_fields.items():
            default = "the user's data folder" if field == "home" else str(info.get_default())
            rows.append((f"COACH_{field.upper()}", default.strip("*"), info.description or ""))
        return rows
