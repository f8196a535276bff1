"""Train the demo Whisper on the sentence pool, and pack it for faster-whisper.

    python -m evals.speech.train_whisper train FOLDER             about an hour; goes on where it stopped
    python -m evals.speech.train_whisper pack CHECKPOINT OUT      CTranslate2, int8, checksums

The result knows the sentences of the pool and no others. Trained once and committed; tests only load it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from evals.speech.corpus import load_clips
from evals.speech.pool import sentences
from evals.speech.tokens import Vocabulary, build_vocabulary
from evals.speech.windows import PARTS, UNSCORED, Maker, Mix, Window

if TYPE_CHECKING:
    import torch
    from transformers import WhisperForConditionalGeneration

WIDTH: Final = 128
FREQUENCIES: Final = range(4, 36, 2)
CLOCK: Final = [*FREQUENCIES, *(WIDTH // 2 + number for number in FREQUENCIES)]
"""The dimensions that hold a position's waves with periods from a quarter of a second to 18 seconds."""
PACKED: Final = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json")


@dataclass(frozen=True, slots=True)
class Stage:
    """One leg of the schedule."""

    name: str
    mix: Mix
    batch: int
    steps: int
    rate: float
    lesson: float
    """Weight of the encoder's own lessons: to name the sentence and its part at every position, and to know
    what time it is. They teach the encoder far faster than the decoder's loss does; the one layer that they
    need beside the model is thrown away at the end."""
    speaks: bool = True
    """Whether the decoder learns too."""


_WHOLE = Mix(30.0, snr=(14.0, 50.0), gain=(0.3, 1.0))
_ALL_SPEEDS = replace(_WHOLE, stretch=(0.9, 1.15))
STAGES: Final = (
    Stage("ears", Mix(6.0, sliced=0.8, snr=(25.0, 50.0), gap=(0.1, 1.2)), 24, 400, 3e-3, 1.0, speaks=False),
    Stage("short", Mix(8.0, sliced=0.5), 20, 400, 2e-3, 0.5),
    Stage("middle", Mix(16.0, sliced=0.6), 10, 300, 1.5e-3, 0.3),
    Stage("whole", _WHOLE, 8, 400, 1e-3, 0.2),
    Stage("last", _ALL_SPEEDS, 8, 200, 8e-4, 0.1),
    Stage("settle", _ALL_SPEEDS, 8, 150, 4e-4, 0.1),
)


def build_model(words: Vocabulary) -> WhisperForConditionalGeneration:
    """A new Whisper of 2 + 2 layers."""
    import torch
    from transformers import GenerationConfig, WhisperConfig, WhisperForConditionalGeneration

    end, start = words.marks["<|endoftext|>"], words.marks["<|startoftranscript|>"]
    config = WhisperConfig(
        vocab_size=words.size,
        d_model=WIDTH,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=4 * WIDTH,
        decoder_ffn_dim=4 * WIDTH,
        num_mel_bins=80,
        max_source_positions=1500,
        max_target_positions=448,
        dropout=0.0,
        init_std=0.05,
        bos_token_id=end,
        eos_token_id=end,
        pad_token_id=end,
        decoder_start_token_id=start,
        suppress_tokens=[],
        begin_suppress_tokens=[],
    )
    model = WhisperForConditionalGeneration(config)
    attend_by_distance(model)
    # Timestamps and encoder positions lie on the same grid of 20 ms: let them begin as the same vectors.
    with torch.no_grad():
        positions = model.model.encoder.embed_positions.weight
        model.model.decoder.embed_tokens.weight[words.first_time : words.first_time + 1500] = positions * 0.1
    model.generation_config = GenerationConfig(
        decoder_start_token_id=start,
        bos_token_id=end,
        eos_token_id=end,
        pad_token_id=end,
        suppress_tokens=[],
        begin_suppress_tokens=[*words.encode(" "), end],
        lang_to_id={mark: words.marks[mark] for mark in ("<|en|>", "<|zh|>")},
        task_to_id={"transcribe": words.marks["<|transcribe|>"], "translate": words.marks["<|translate|>"]},
        no_timestamps_token_id=words.marks["<|notimestamps|>"],
        is_multilingual=True,
        alignment_heads=[[1, 0], [1, 1]],
        max_initial_timestamp_index=50,
    )
    return model


def attend_by_distance(model: WhisperForConditionalGeneration) -> None:
    """Let each attention head begin by looking a fixed distance away, in encoder positions of 20 ms.

    A position's vector holds sin(wt) and cos(wt); turning the key's pairs by w * distance makes the product
    of query and key largest exactly there. Decoder heads look from a timestamp into the sound behind it.
    """
    encoder, decoder = model.model.encoder, model.model.decoder
    _keep_the_clock(model)
    _look(encoder.layers[0].self_attn, (-24, -8, 8, 24))
    _look(encoder.layers[1].self_attn, (-60, -20, 20, 60))
    for layer in decoder.layers:
        _look(layer.encoder_attn, (10, 25, 50, 90))


def _keep_the_clock(model: WhisperForConditionalGeneration) -> None:
    """Begin with nothing written over the clock's dimensions, and with two decoder heads that read it.

    Left to chance the encoder forgets the fast waves, and the timestamps stay half a second off.
    """
    import torch

    encoder, head = model.model.encoder, WIDTH // 4
    writers = [
        encoder.conv2,
        *(part for layer in encoder.layers for part in (layer.self_attn.out_proj, layer.fc2)),
    ]
    with torch.no_grad():
        for writer in writers:
            writer.weight[CLOCK] = 0.0
            writer.bias[CLOCK] = 0.0
        for layer in model.model.decoder.layers:
            read, write = layer.encoder_attn.v_proj.weight, layer.encoder_attn.out_proj.weight
            read[: 2 * head] = 0.0
            write[:, : 2 * head] = 0.0
            for number, dimension in enumerate(CLOCK):
                for row in (number, head + number):
                    read[row, dimension] = 1.0
                    write[dimension, row] = 0.5


def _look(attention: Any, distances: tuple[int, int, int, int]) -> None:
    import torch

    half, head = WIDTH // 2, WIDTH // 4
    query, key = torch.randn(2, WIDTH, WIDTH) * 0.02
    for number, distance in enumerate(distances):
        for pair in range(head // 2):
            frequency = 6 + 2 * pair
            angle = 10_000 ** (-frequency / (half - 1)) * distance
            row, sine, cosine = number * head + 2 * pair, frequency, half + frequency
            query[row, sine] = query[row + 1, cosine] = 1.1
            key[row, sine] = key[row + 1, cosine] = 1.1 * np.cos(angle)
            key[row, cosine], key[row + 1, sine] = -1.1 * np.sin(angle), 1.1 * np.sin(angle)
    with torch.no_grad():
        attention.q_proj.weight.copy_(query)
        attention.k_proj.weight.copy_(key)


def encode(model: WhisperForConditionalGeneration, windows: list[Window]) -> torch.Tensor:
    """Encoder output of windows that may begin anywhere in the 30 seconds (the library insists on all 30)."""
    import torch
    from torch.nn.functional import gelu

    encoder = model.model.encoder
    features = torch.from_numpy(np.stack([window.features for window in windows]))
    hidden = gelu(encoder.conv2(gelu(encoder.conv1(features)))).permute(0, 2, 1)
    first = torch.tensor([[window.first_position] for window in windows])
    hidden = hidden + encoder.embed_positions(first + torch.arange(hidden.shape[1]))
    for layer in encoder.layers:
        hidden = layer(hidden, None)
    return encoder.layer_norm(hidden)


@dataclass(frozen=True, slots=True)
class Progress:
    """Losses and rates of one batch. Watch `first_token`: all later tokens of a sentence are easy."""

    loss: float
    frames: float
    first_token: float
    times: float
    clock: float


def step(
    model: Any, namer: Any, windows: list[Window], stage: Stage, words: Vocabulary
) -> tuple[Any, Progress]:
    """Forward pass of one batch: total loss and its parts."""
    import torch
    from torch.nn.functional import cross_entropy

    hidden = encode(model, windows)
    part_at = torch.from_numpy(np.stack([window.part_at for window in windows]))
    named, clock = namer(hidden).split([namer.out_features - WIDTH, WIDTH], dim=-1)
    naming = cross_entropy(named.flatten(0, 1), part_at.flatten())
    first = torch.tensor([[window.first_position] for window in windows])
    true_clock = model.model.encoder.embed_positions(first + torch.arange(hidden.shape[1]))
    keeping_time = ((clock - true_clock) ** 2)[..., CLOCK].mean() * 2
    lessons = naming + keeping_time
    voiced = part_at > 0
    same_sentence = (named.argmax(-1) - 1) // PARTS == (part_at - 1) // PARTS
    frames = float(same_sentence[voiced].float().mean())
    if not stage.speaks:
        return lessons, Progress(lessons.item(), frames, 0.0, 0.0, keeping_time.item())
    longest = max(len(window.inputs) for window in windows)
    end = words.marks["<|endoftext|>"]
    inputs = torch.tensor([window.inputs + [end] * (longest - len(window.inputs)) for window in windows])
    targets = torch.tensor([w.targets + [UNSCORED] * (longest - len(w.targets)) for w in windows])
    weights = torch.tensor([w.weights + [0.0] * (longest - len(w.weights)) for w in windows])
    decoder = model.model.decoder
    decoded = decoder(input_ids=inputs, encoder_hidden_states=hidden, use_cache=False).last_hidden_state
    scored = targets != UNSCORED
    logits = model.proj_out(decoded[scored])
    target, weight = targets[scored], weights[scored]
    losses = cross_entropy(logits, target, reduction="none")
    # A moment is not wrong by being a tenth of a second (five tokens) off: its neighbours count a little.
    is_time = target >= words.first_time
    for shift in (-5, 5):
        near = (target[is_time] + shift).clamp(words.first_time, words.size - 1)
        losses[is_time] += 0.3 * cross_entropy(logits[is_time], near, reduction="none")
    spoken = (losses * weight).sum() / weight.sum()
    with torch.no_grad():
        right = (logits.argmax(-1) == target).float()
        progress = Progress(
            spoken.item(),
            frames,
            float(right[weight == 3.0].mean()),
            float(right[is_time].mean()),
            keeping_time.item(),
        )
    return spoken + stage.lesson * lessons, progress


def train(folder: Path, stages: tuple[Stage, ...] = STAGES, *, seed: int = 7) -> None:
    """Run every stage that `folder` has no checkpoint of; log each 25 steps on stdout."""
    import torch

    torch.manual_seed(seed)
    texts, clips = load_clips(folder / "clips.npz")
    words = build_vocabulary(sentences("zh"), sentences("en"))
    maker = Maker(clips, texts, words, np.random.default_rng(seed))
    model = build_model(words)
    namer = torch.nn.Linear(WIDTH, len(texts) * PARTS + 1 + WIDTH)
    with torch.no_grad():
        namer.weight[-WIDTH:] = torch.eye(WIDTH) * 0.7
    size = sum(parameter.numel() for parameter in model.parameters())
    print(f"{size:,} parameters, {len(texts)} sentences, {len(clips)} clips")
    began = time.monotonic()
    for stage in stages:
        checkpoint = folder / f"{stage.name}.pt"
        if checkpoint.exists():
            stored = torch.load(checkpoint)
            model.load_state_dict(stored["model"])
            namer.load_state_dict(stored["namer"])
            continue
        maker.rng = np.random.default_rng([seed, sum(stage.name.encode())])
        trained = [p for p in [*model.parameters(), *namer.parameters()] if p.requires_grad]
        optimiser = torch.optim.AdamW(trained, lr=stage.rate, betas=(0.9, 0.98), weight_decay=0.01)
        recent: list[Progress] = []
        for number in range(stage.steps):
            rise = min(1.0, (number + 1) / 60)
            fall = 0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * number / stage.steps))
            for group in optimiser.param_groups:
                group["lr"] = stage.rate * rise * fall
            windows = [maker.window(stage.mix) for _ in range(stage.batch)]
            loss, progress = step(model, namer, windows, stage, words)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            recent.append(progress)
            if number % 25 == 24:
                means = np.nanmean(
                    [[p.loss, p.frames, p.first_token, p.times, p.clock] for p in recent], axis=0
                )
                print(
                    f"{stage.name} {number + 1:4d} {time.monotonic() - began:5.0f}s  loss {means[0]:.3f}"
                    f"  frames {means[1]:.3f}  SENT {means[2]:.3f}  times {means[3]:.3f}"
                    f"  clock {means[4]:.3f}",
                    flush=True,
                )
                recent.clear()
            if number % 50 == 49 or number + 1 == stage.steps:
                name = stage.name if number + 1 == stage.steps else "running"
                torch.save({"model": model.state_dict(), "namer": namer.state_dict()}, folder / f"{name}.pt")


def pack(checkpoint: Path, out: Path) -> None:
    """Convert a checkpoint into the folder that faster-whisper loads, int8, with SHA256SUMS."""
    import tempfile

    import torch
    from ctranslate2.converters import TransformersConverter
    from transformers import PreTrainedTokenizerFast, WhisperFeatureExtractor

    words = build_vocabulary(sentences("zh"), sentences("en"))
    model = build_model(words)
    model.load_state_dict(torch.load(checkpoint)["model"])
    with tempfile.TemporaryDirectory() as hold:
        model.save_pretrained(hold)
        end = "<|endoftext|>"
        PreTrainedTokenizerFast(
            tokenizer_object=words.tokenizer, bos_token=end, eos_token=end, unk_token=end
        ).save_pretrained(hold)
        words.tokenizer.save(str(Path(hold) / "tokenizer.json"))
        WhisperFeatureExtractor(feature_size=80).save_pretrained(hold)
        converter = TransformersConverter(hold, copy_files=["tokenizer.json", "preprocessor_config.json"])
        # The converter empties the folder that it writes to, and the model's card lives in `out`.
        converted = Path(hold) / "converted"
        converter.convert(str(converted), quantization="int8")
        out.mkdir(parents=True, exist_ok=True)
        for name in PACKED:
            shutil.copyfile(converted / name, out / name)
    sums = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}" for name in sorted(PACKED)]
    (out / "SHA256SUMS").write_text("\n".join(sums) + "\n", "utf-8")
    print(json.dumps({"folder": out.name, "bytes": sum(f.stat().st_size for f in out.iterdir())}))


def main() -> None:
    """Command line of this script."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=["train", "pack"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--steps", type=float, default=1.0, help="scale every stage's number of steps")
    arguments = parser.parse_args()
    if arguments.task == "train":
        stages = tuple(replace(stage, steps=int(stage.steps * arguments.steps)) for stage in STAGES)
        train(arguments.folder, stages)
    else:
        pack(arguments.folder, arguments.out)


if __name__ == "__main__":
    main()
