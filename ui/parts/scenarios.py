"""Beside a scenario being written, in HTML: what is wrong with it, its trial, its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, Weight, act_button, chip, joined, link_button
from ui.parts.chat import bubble
from ui.shell import path
from ui.views.scenarios import BotRow, CertificateView, Remark, Trial, Written
from ui.words import say

_SHOWN: Final = 8


def check(it: Written, language: Language) -> Markup:
    """What is wrong, then what could be better; a click goes to the line."""
    faults = [one for one in it.remarks if one.fault]
    notes = [one for one in it.remarks if not one.fault]
    if faults:
        head = chip(say("scenario_faults", language, n=len(faults)), "bad", "cross")
    else:
        head = chip(say("scenario_check_none", language), "good", "check")
    better = NOTHING
    if notes:
        better = Markup(
            '<details class="pp-remarks__more" data-key="scenario-notes"><summary>{head}{sign}</summary>{rows}</details>'
        ).format(
            head=say("scenario_notes", language, n=len(notes)),
            sign=icon("down", 15),
            rows=_remarks(notes, language),
        )
    return Markup(
        '<section class="pp-card pp-card--pad pp-check" data-bad="{bad}" data-poor="{poor}" aria-live="polite"><div class="pp-head"><h2>{title}</h2>'
        '<span class="pp-note pp-figures">{kept}</span></div><p>{head}</p>{rows}{better}</section>'
    ).format(
        bad=" ".join(str(one.line) for one in faults),
        poor=" ".join(str(one.line) for one in notes),
        title=say("scenario_check", language),
        kept=it.kept,
        head=head,
        rows=_remarks(faults, language),
        better=better,
    )


def _remarks(rows: Sequence[Remark], language: Language) -> Markup:
    if not rows:
        return NOTHING
    more = len(rows) - _SHOWN
    return Markup('<ul class="pp-remarks">{rows}{more}</ul>').format(
        rows=joined(
            Markup(
                '<li><button type="button" class="pp-textbtn pp-link pp-figures" data-line="{line}">{where}</button>'
                "<span>{field}{words}</span></li>"
            ).format(
                line=one.line,
                where=say("scenario_line", language, n=one.line),
                field=Markup("<code>{}</code> ").format(one.field) if one.field else NOTHING,
                words=one.words,
            )
            for one in rows[:_SHOWN]
        ),
        more=Markup('<li class="pp-note">{}</li>').format(say("scenario_more", language, n=more))
        if more > 0
        else NOTHING,
    )


def certificate(it: CertificateView, language: Language) -> Markup:
    """How it stands, how far the bots are, what they got out of it, and what may be done now."""
    poll = Markup(' data-poll="certificate"') if it.state == "running" else NOTHING
    acts = []
    if it.state == "running":
        acts.append(act_button(say("scenario_cert_stop", language), "stop", small=True))
    if it.may_publish:
        acts.append(act_button(say("scenario_publish", language), "publish", weight="primary"))
    if it.may_start:
        word = "scenario_cert_go" if it.state == "none" else "scenario_cert_again"
        weight: Weight = "plain" if it.may_publish else "primary"
        acts.append(act_button(say(word, language), "certify", weight=weight))
    if it.may_retire:
        acts.append(act_button(say("scenario_retire", language), "retire"))
    progress = NOTHING
    if it.state == "running":
        progress = Markup(
            '<div class="pp-bar" aria-hidden="true"><i style="width:{part}%"></i></div><p class="pp-small" role="status">{words}</p>'
        ).format(part=it.part, words=it.progress)
    reasons = (
        Markup('<ul class="pp-list">{}</ul>').format(
            joined(
                Markup("<li>{}<span>{}</span></li>").format(icon("cross", 14), reason)
                for reason in it.reasons
            )
        )
        if it.reasons
        else NOTHING
    )
    return Markup(
        '<section class="pp-card pp-card--pad pp-cert"{poll}><div class="pp-head"><h2>{head}</h2>{chip}</div>'
        '<p class="pp-small">{what}</p>{note}{progress}{reasons}{rows}<div class="pp-acts-row">{acts}</div></section>'
    ).format(
        poll=poll,
        head=say("scenario_cert", language),
        chip=chip(it.word, it.tone),
        what=say("scenario_cert_what", language),
        note=Markup('<p class="pp-advice">{}</p>').format(it.note) if it.note else NOTHING,
        progress=progress,
        reasons=reasons,
        rows=_bots(it.rows, language),
        acts=joined(acts),
    )


def _bots(rows: Sequence[BotRow], language: Language) -> Markup:
    if not rows:
        return NOTHING
    heads = ("scenario_cert_bot", "scenario_cert_passed", "scenario_cert_walked", "scenario_cert_mean")
    return Markup("<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>").format(
        heads=joined(Markup('<th scope="col">{}</th>').format(say(one, language)) for one in heads),
        rows=joined(
            Markup(
                '<tr{bad}><th scope="row">{sign}{name}</th><td>{passed}%</td><td><span class="pp-cert__bar" aria-hidden="true">'
                '<i style="width:{walked}%"></i></span>{walked}%</td><td>{total}</td></tr>'
            ).format(
                bad=Markup(' class="pp-cert__bad"') if row.bad else NOTHING,
                sign=icon("cross" if row.bad else "check", 14),
                name=row.name,
                passed=round(100 * row.passed),
                walked=round(100 * row.walked_away),
                total=row.total,
            )
            for row in rows
        ),
    )


def trial(it: Trial | None, written: Written, language: Language) -> Markup:
    """The talk with the draft's customer, with what was read under each line."""
    again = say("scenario_trial_again" if it else "scenario_trial_go", language)
    go = (
        act_button(again, "try", sign="retry" if it else "play", small=bool(it)) if written.whole else NOTHING
    )
    note = "scenario_trial_note" if written.whole else "scenario_trial_broken"
    head = Markup('<div class="pp-head"><h2>{}</h2>{}</div><p class="pp-small">{}</p>').format(
        say("scenario_trial", language), go if it else NOTHING, say(note, language)
    )
    if it is None:
        return Markup(
            '<section class="pp-card pp-card--pad pp-trial">{}<div class="pp-acts-row">{}</div></section>'
        ).format(head, go)
    gauges = joined(Markup("<span>{} <b>{}</b></span>").format(word, value) for word, value in it.gauges)
    lines = joined(bubble(line, language) for line in it.lines)
    if it.over:
        foot = Markup('<p class="pp-trial__over" role="status">{}</p>').format(it.over)
    else:
        foot = Markup(
            '<div class="pp-trial__say" data-form="trial"><label class="pp-sr" for="pp-trial-words">{label}</label>'
            '<input id="pp-trial-words" type="text" name="words" maxlength="2000" autocomplete="off" placeholder="{hint}">{send}</div>'
        ).format(
            label=say("scenario_trial_say", language),
            hint=say("answer_whom", language, name=it.customer),
            send=act_button(say("scenario_trial_send", language), "speak", weight="primary"),
        )
    return Markup(
        '<section class="pp-card pp-card--pad pp-trial">{head}<p class="pp-trial__gauges pp-figures">{gauges}</p>'
        '<div class="pp-log pp-scroll" role="log" aria-live="polite" aria-label="{label}" tabindex="0" data-follow><ol>{lines}</ol>'
        "</div>{foot}</section>"
    ).format(head=head, gauges=gauges, label=say("log", language), lines=lines, foot=foot)


def top_acts(it: Written, language: Language) -> Markup:
    """How it stands; a copy of it; for a published one the way to practise it."""
    practise = NOTHING
    if it.locked and it.whole:
        practise = link_button(say("scenario_practise", language), path(language, "practice", scenario=it.id))
    copy = act_button(say("scenarios_copy", language), "copy", id=it.id)
    return chip(it.status, it.tone) + practise + copy
