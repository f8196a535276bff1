"""The pages outside Gradio: signing in, choosing a password, one's own account, a door that stays shut.

They are whole documents in the look of the product and work without a script: forms go to the server and come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from coach.accounts.roles import SCOPE_ROLES, SCOPES, Who, roles_words
from coach.accounts.team import Results
from coach.errors import CoachError
from coach.vocabulary import Language, name
from ui.parts.basics import NOTHING, joined, link_button, trouble
from ui.parts.outside import card, document, facts, field, form, hidden_act, section, top
from ui.shell import path
from ui.words import say


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token in the list: its id, what uses it, what it is for, until when (ISO day, empty for no end)."""

    id: str
    name: str
    scopes: str
    ends: str


def sign_in(
    language: Language, *, wanted: str = "", login: str = "", error: CoachError | None = None
) -> Markup:
    """The page that asks for a name and a password; `wanted` is where it leads."""
    fields = joined(
        (
            field("login", say("sign_in_name", language), value=login, complete="username", kind="text"),
            field("password", say("sign_in_password", language), complete="current-password"),
            Markup('<input type="hidden" name="next" value="{}">').format(wanted),
        )
    )
    body = card(
        language,
        say("sign_in", language),
        say("sign_in_lede", language),
        form(path(language, "sign-in"), fields, say("sign_in", language)),
        error,
        say("sign_in_foot", language),
        "sign-in",
        wanted,
    )
    return document(language, say("sign_in", language), body)


def welcome(language: Language, key: str, name: str, login: str, error: CoachError | None = None) -> Markup:
    """The page of a one-time link: choose a password."""
    fields = joined(
        (
            Markup('<input type="hidden" name="login" autocomplete="username" value="{}">').format(login),
            field("password", say("sign_in_password", language), complete="new-password"),
            field("again", say("password_again", language), complete="new-password"),
        )
    )
    title = say("welcome_title", language, name=name)
    body = card(
        language,
        title,
        say("welcome_lede", language, login=login),
        form(path(language, f"welcome/{key}"), fields, say("password_set", language)),
        error,
        say("password_rule", language),
        f"welcome/{key}",
    )
    return document(language, title, body)


def shut(language: Language, error: CoachError) -> Markup:
    """A link that leads nowhere any more."""
    body = card(
        language, say("sign_in", language), "", NOTHING, error, say("sign_in_foot", language), "sign-in"
    )
    return document(language, say("sign_in", language), body)


def refusal(language: Language) -> Markup:
    """A page that is not for this role, and the way back."""
    from coach.errors import Refused
    from ui.words import WORDS

    error = Refused(WORDS["not_for_you"], WORDS["not_for_you_next"])
    back = link_button(say("back_home", language), path(language), weight="primary")
    return document(language, error.message(language), card(language, "", "", back, error, "", ""))


def me(
    who: Who,
    language: Language,
    *,
    browsers: int,
    tokens: Sequence[TokenRow],
    made: str = "",
    done: str = "",
    error: CoachError | None = None,
) -> Markup:
    """One's own account: who I am, password, browsers, tokens. `made` is a new token's secret, shown once."""
    here = path(language, "me")
    about = facts(
        (
            (say("sign_in_name", language), who.login),
            (say("me_roles", language), roles_words(who.roles, language)),
            (say("me_team", language), who.team or say("me_no_team", language)),
            (say("me_browsers", language), str(browsers)),
        )
    )
    others = (
        form(here, hidden_act("others"), say("me_others_out", language), plain=True)
        if browsers > 1
        else NOTHING
    )
    out = form(path(language, "sign-out"), NOTHING, say("sign_out", language), plain=True)
    password = form(
        here,
        joined(
            (
                hidden_act("password"),
                field("now", say("me_password_now", language), complete="current-password"),
                field("password", say("me_password_new", language), complete="new-password"),
                field("again", say("password_again", language), complete="new-password"),
            )
        ),
        say("me_password_change", language),
    )
    parts = (
        trouble(error, language) if error else NOTHING,
        Markup('<p class="pp-advice pp-outside__done" role="status">{}</p>').format(done)
        if done
        else NOTHING,
        section(
            who.name, joined((about, Markup('<div class="pp-outside__row">{}{}</div>').format(others, out)))
        ),
        section(
            say("me_password", language),
            joined((Markup('<p class="pp-small">{}</p>').format(say("password_rule", language)), password)),
        ),
        section(say("me_tokens", language), _tokens(who, language, tokens, made, here)),
    )
    return document(language, say("me", language), joined((top(language, "me"), *parts)), wide=True)


def team(who: Who, rows: Sequence[Results], language: Language) -> Markup:
    """A team's figures, one line a person."""
    heads = (
        "team_person",
        "team_practices",
        "team_passed",
        "team_mean",
        "team_exams",
        "team_confirmed",
        "team_missing",
    )
    head = joined(Markup('<th scope="col">{}</th>').format(say(key, language)) for key in heads)
    body = joined(
        Markup("<tr>{}</tr>").format(
            joined(
                Markup("<td>{}</td>").format(cell)
                for cell in (
                    one.name,
                    one.practices,
                    one.passed,
                    "–" if one.mean is None else f"{one.mean:.0f}",
                    one.exams_passed,
                    one.confirmed,
                    name(one.missing, language) if one.missing else "",
                )
            )
        )
        for one in rows
    )
    table = Markup(
        '<div class="pp-outside__scroll" tabindex="0"><table class="pp-outside__table"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(head, body)
    lede = say("team_lede", language, team=who.team) if who.team else say("team_none", language)
    figures = Markup(
        '<section class="pp-card pp-outside__card"><p class="pp-small">{}</p>{}</section>'
    ).format(lede, table if rows else NOTHING)
    return document(language, say("team", language), top(language, "team") + figures, wide=True)


def _tokens(who: Who, language: Language, tokens: Sequence[TokenRow], made: str, here: str) -> Markup:
    rows = joined(
        Markup('<li><div><b>{name}</b><p class="pp-small">{scopes}{dot}{ends}</p></div>{revoke}</li>').format(
            name=one.name,
            scopes=one.scopes,
            dot=say("dot", language),
            ends=say("me_token_until", language, day=one.ends)
            if one.ends
            else say("me_token_endless", language),
            revoke=form(
                here,
                joined(
                    (
                        hidden_act("revoke"),
                        Markup('<input type="hidden" name="token" value="{}">').format(one.id),
                    )
                ),
                say("me_token_revoke", language),
                plain=True,
            ),
        )
        for one in tokens
    )
    boxes = joined(
        Markup(
            '<label class="pp-outside__check"><input type="checkbox" name="scope" value="{s}"><span>{w}</span></label>'
        ).format(s=scope, w=say(f"scope_{scope.replace(':', '_')}", language))
        for scope in SCOPES
        if SCOPE_ROLES[scope] & who.roles
    )
    shown = (
        Markup('<p class="pp-small">{}</p><code class="pp-outside__key">{}</code>').format(
            say("me_token_made", language), made
        )
        if made
        else NOTHING
    )
    make = form(
        here,
        joined((hidden_act("token"), field("name", say("me_token_name", language), kind="text"), boxes)),
        say("me_token_make", language),
    )
    return joined(
        (
            Markup('<p class="pp-small">{}</p>').format(say("me_tokens_lede", language)),
            shown,
            Markup('<ul class="pp-outside__list">{}</ul>').format(rows)
            if tokens
            else Markup('<p class="pp-note">{}</p>').format(say("me_tokens_none", language)),
            make if boxes else NOTHING,
        )
    )
