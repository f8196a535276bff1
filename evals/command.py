"""`coach eval SET`: the tables that say how good the coach is, on the shipped sets or on your own data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from evals.endpoint import Around

Data = Annotated[Path | None, typer.Option(help="自己的数据 · Your own data instead of the shipped set.")]
Predictions = Annotated[
    Path | None, typer.Option(help="逐条写出预测 · Write what was predicted, one JSON object an item.")
]
Engine = Annotated[
    str, typer.Option(help="offline 或 llm：量自己配置的模型 · offline, or llm: the model you configured.")
]
Record = Annotated[
    Path | None, typer.Option(help="把模型的回答录下来 · Keep the model's answers in this file.")
]
Replay = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, help="照录下来的再量一遍，不联网 · Measure again from such a file."
    ),
]


def register(app: typer.Typer) -> None:
    """Add `coach eval` with one subcommand a set."""
    group = typer.Typer(help="量一量有多准 · Measure how good the coach is.", no_args_is_help=True)

    @group.command()
    def speech(data: Data = None, predictions: Predictions = None) -> None:
        """听写：字错率，含对照 · Speech: character error rate, with a control that must fail."""
        from evals.speech.measure import evaluate_speech

        evaluate_speech(data, predictions)

    @group.command()
    def visits(
        data: Data = None,
        predictions: Predictions = None,
        noise: Annotated[
            bool, typer.Option("--noise", help="再按 0–30 % 听错的字各测一遍 · Again, misheard at 0-30 %.")
        ] = False,
        engine: Engine = "offline",
        record: Record = None,
        replay: Replay = None,
    ) -> None:
        """拜访记录：逐栏 F1 · Records: F1 per field, beside two baselines."""
        from evals.reading.evaluate import evaluate_visits

        evaluate_visits(data, predictions, noise=noise, around=_around(engine, record, replay))

    @group.command()
    def replies(
        data: Data = None,
        predictions: Predictions = None,
        engine: Engine = "offline",
        record: Record = None,
        replay: Replay = None,
    ) -> None:
        """销售的话：逐动作 F1 · Replies: F1 per act, beside two baselines."""
        from evals.reading.evaluate import evaluate_replies

        evaluate_replies(data, predictions, around=_around(engine, record, replay))

    @group.command()
    def curve() -> None:
        """学习曲线：再多写一倍样本还能涨多少 · What twice the labelled data would add, head by head (minutes)."""
        from evals.reading.curve import print_curve

        print_curve()

    @group.command()
    def match(data: Data = None, predictions: Predictions = None) -> None:
        """找战例：前三条里有没有合用的 · Matching: a fitting case among the first three."""
        from evals.matching.measure import evaluate_match

        evaluate_match(data, predictions)

    @group.command()
    def masking(data: Data = None, predictions: Predictions = None) -> None:
        """遮隐私：该遮的遮了多少，遮错了多少 · Masking: recall and precision on marked sentences."""
        from evals.privacy.masking import evaluate_masking

        evaluate_masking(data, predictions)

    @group.command()
    def handbook(data: Data = None, predictions: Predictions = None) -> None:
        """问手册：答对的章节，没答案时说没有 · Handbooks: the section that answers, and silence when none does."""
        from evals.handbook.measure import evaluate_handbook

        evaluate_handbook(data, predictions)

    @group.command()
    def practice(
        data: Data = None,
        predictions: Predictions = None,
        engine: Engine = "offline",
        record: Record = None,
        replay: Replay = None,
    ) -> None:
        """练习打分：好坏顺序与逐条一致率 · Practice scores: order and agreement per check."""
        from evals.practice.measure import evaluate_practice

        evaluate_practice(data, predictions, _around(engine, record, replay))

    @group.command()
    def soak(
        what: Annotated[
            list[str] | None,
            typer.Argument(help="kills, workers, publish, confirm, practice, fuzz, documents, transcripts"),
        ] = None,
        rounds: Annotated[int | None, typer.Option(help="几轮 · How many rounds.")] = None,
        seed: Annotated[
            int | None, typer.Option(help="同一个种子，同一套折腾 · The same seed, the same trial.")
        ] = None,
        report: Annotated[Path | None, typer.Option(help="报告放哪 · Folder for the dated report.")] = None,
    ) -> None:
        """长跑：反复 kill -9、喂坏文件 · Long trials: kill -9 again and again, spoiled files. 1 when a promise broke."""
        from evals.soak.trials import ROUNDS, SEED, page, trial, write

        names = what or list(ROUNDS)
        if unknown := set(names) - set(ROUNDS):
            raise typer.BadParameter(f"{', '.join(sorted(unknown))}: {', '.join(ROUNDS)}")
        broken = False
        for name in names:
            one = trial(name)(ROUNDS[name] if rounds is None else rounds, SEED if seed is None else seed)
            typer.echo(page(one))
            if report is not None:
                typer.echo(str(write(one, report)), err=True)
            broken |= not one.passed
        if broken:
            raise typer.Exit(1)

    @group.command()
    def bench(
        what: Annotated[
            str,
            typer.Argument(
                help="startup | pages | long | turns | reading | llm | match | import | load | workers"
            ),
        ] = "startup",
        minutes: Annotated[
            float, typer.Option(help="load：跑几分钟，完整的是 30 · load: how long; 30 for the full figures.")
        ] = 2.0,
        cases: Annotated[
            int, typer.Option(help="match：多少条战例 · match: how many cases; 10,000 unless told.")
        ] = 0,
        database: Annotated[
            str, typer.Option(help="load：PostgreSQL 地址 · load: address of an empty PostgreSQL database.")
        ] = "",
    ) -> None:
        """计时：并排比值 · Benchmarks: ratios measured side by side."""
        from evals.bench.first_page import bench_first_page
        from evals.bench.importing import bench_import
        from evals.bench.llm import bench_llm
        from evals.bench.load import bench_load
        from evals.bench.long_recording import bench_long
        from evals.bench.matching import CASES, bench_match
        from evals.bench.reading import bench_reading
        from evals.bench.startup import bench_startup
        from evals.bench.turns import bench_turns
        from evals.bench.workers import bench_workers

        benches: dict[str, Callable[[], object]] = {
            "startup": bench_startup,
            "pages": bench_first_page,
            "long": bench_long,
            "turns": bench_turns,
            "reading": bench_reading,
            "llm": bench_llm,
            "match": lambda: bench_match(cases or CASES),
            "import": bench_import,
            "load": lambda: bench_load(minutes, database=database),
            "workers": bench_workers,
        }
        if what not in benches:
            raise typer.BadParameter(", ".join(benches))
        benches[what]()

    app.add_typer(group, name="eval")
    _register_reading(app)


def _around(engine: str, record: Path | None, replay: Path | None) -> Around | None:
    from evals.endpoint import around

    if engine not in ("offline", "llm"):
        raise typer.BadParameter("offline | llm")
    return around(engine, record, replay)


def _register_reading(app: typer.Typer) -> None:
    """Add `coach reading`: it trains, so it lives beside the sets that it trains on."""
    group = typer.Typer(
        help="离线引擎：用自己确认过的记录再教一遍 · The offline reader.", no_args_is_help=True
    )

    @group.command()
    def train(
        with_confirmed: Annotated[
            bool,
            typer.Option(
                "--with-confirmed", help="加上本机确认过的记录 · Add this machine's confirmed records."
            ),
        ] = False,
    ) -> None:
        """再教一遍离线引擎，前后对比打成表；只在本机 · Teach the reader again, with a before and after table."""
        if not with_confirmed:
            raise typer.BadParameter("--with-confirmed")
        from coach.app import open_coach
        from evals.reading.confirmed import train_with_confirmed

        typer.echo(str(train_with_confirmed(open_coach())), err=True)

    @group.command()
    def reset() -> None:
        """回到出厂的离线引擎 · Back to the shipped reader."""
        from coach.reading.offline import own_artefact
        from coach.settings import Settings

        own_artefact(Settings().home).unlink(missing_ok=True)

    app.add_typer(group, name="reading")
