"""The way of a case: handed in, looked through, published, revised, retired; who may do what, and what is kept of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from coach.app import Coach, open_coach
from coach.curation.contributions import reminder
from coach.curation.drafts import Draft, ShortWords, finished, from_words, from_yaml
from coach.errors import BadContent, BadInput, NotFound, Refused
from coach.store.tables import Person

Make = Callable[..., Draft]
ASKED = "海水淡化膜 换得太勤"


def _published(coach: Coach, draft: Draft) -> str:
    kept = coach.curation.submit(draft).kept
    coach.curation.approve(kept.case_id)
    return coach.curation.publish(kept.case_id).case_id


def _finds(coach: Coach, case_id: str, asked: str = ASKED) -> bool:
    return case_id in {hit.entry for hit in coach.library.search(asked, "zh", depth=5)}


def test_a_published_case_is_matched_at_once_and_a_retired_one_no_longer(coach: Coach, draft: Make) -> None:
    other = open_coach(coach.settings)  # a server that has had the library open all along
    assert other.library.search(ASKED, "zh")
    case = coach.curation.submit(draft()).kept.case_id
    assert not _finds(other, case)
    coach.curation.approve(case)
    assert not _finds(other, case)
    coach.curation.publish(case)
    assert _finds(other, case)
    assert other.library.case(case).status == "published"
    coach.curation.retire(case, "过时了")
    assert not _finds(other, case)
    with pytest.raises(NotFound):
        other.library.case(case)
    coach.curation.publish(case)
    assert _finds(other, case)
    other.library.close()


def test_nothing_is_published_that_was_not_approved_in_this_wording(coach: Coach, draft: Make) -> None:
    case = coach.curation.submit(draft()).kept.case_id
    with pytest.raises(Refused, match="not been approved"):
        coach.curation.publish(case)
    coach.curation.approve(case)
    coach.curation.revise(case, draft(story="改过的经过：客户还是嫌勤，我们改成按水质换膜。"))
    with pytest.raises(Refused, match="not been approved"):
        coach.curation.publish(case)


def test_revising_keeps_the_old_wording_on_the_shelf_until_the_new_one_is_published(
    coach: Coach, draft: Make
) -> None:
    case = _published(coach, draft())
    revised = coach.curation.revise(case, draft(title="换膜不看年头，看水质"), "标题更准").kept
    assert (revised.state, revised.newest, revised.live) == ("in_review", 2, 1)
    assert coach.library.case(case).title == "海水淡化膜被说换得太勤"
    coach.curation.approve(case)
    coach.curation.publish(case)
    assert coach.library.case(case).title == "换膜不看年头，看水质"
    assert coach.library.case(case).version == "2.0.0"
    steps = [(one.number, one.step) for one in coach.curation.history(case)]
    assert steps == [
        (1, "submitted"),
        (1, "approved"),
        (1, "published"),
        (2, "revised"),
        (2, "approved"),
        (2, "published"),
    ]
    assert [one.body["title"] for one in coach.curation.versions(case)] == [
        "海水淡化膜被说换得太勤",
        "换膜不看年头，看水质",
    ]
    with pytest.raises(BadInput):
        coach.curation.revise(case, draft(title="换膜不看年头，看水质"))


def test_sending_back_needs_words_and_they_are_kept(coach: Coach, draft: Make) -> None:
    case = coach.curation.submit(draft()).kept.case_id
    with pytest.raises(BadInput):
        coach.curation.send_back(case, "  ")
    assert coach.curation.send_back(case, "写上他原话").state == "sent_back"
    with pytest.raises(Refused):
        coach.curation.approve(case)
    assert coach.curation.history(case)[-1].comment == "写上他原话"
    assert (
        coach.curation.revise(case, draft(story="他说：三年换一次，我们耗不起。")).kept.state == "in_review"
    )


def test_a_draft_waits_until_it_is_handed_in(coach: Coach, draft: Make) -> None:
    kept = coach.curation.submit(draft(), keep=True).kept
    assert kept.state == "draft"
    with pytest.raises(Refused):
        coach.curation.approve(kept.case_id)
    assert coach.curation.submit_draft(kept.case_id).state == "in_review"


def test_a_case_told_before_is_recognised_and_another_is_not(coach: Coach, draft: Make) -> None:
    first = _published(coach, draft())
    shorter = "客户嫌换膜三年一次太勤，我把两家的清洗记录摆一起给他看，他答应先换一半。"
    again = coach.curation.submit(draft(title="膜换得太勤，客户不干", story=shorter))
    assert [twin.case_id for twin in again.twins] == [first]
    third = coach.curation.submit(draft(title="膜换得太勤，客户不干了", story=shorter))
    assert {twin.case_id for twin in third.twins} == {first, again.kept.case_id}
    other = coach.curation.submit(
        draft(title="电梯维保被对手压到两折", story="物业经理拿着对手两折的报价，问我们凭什么贵。")
    )
    assert other.twins == ()


def test_only_a_trainer_decides_and_a_rep_sees_only_their_own(coach: Coach, draft: Make) -> None:
    mine = coach.curation.submit(draft()).kept.case_id
    with coach.database.session() as session:
        session.add(Person(id="rep", name="小霍", roles={"roles": ["rep"]}, language="zh"))
    from coach.curation.desk import Curation

    rep = Curation(coach.database, "rep", coach.library)
    theirs = rep.submit(
        draft(title="叉车租金谈崩了", story="老板要按天算，我们只有月租，谈了三次没谈成。")
    ).kept.case_id
    for act in (rep.approve, rep.publish, rep.retire):
        with pytest.raises(Refused):
            act(theirs)
    with pytest.raises(Refused):
        rep.history(mine)
    assert [one.case_id for one in rep.pending()] == [theirs]
    assert {one.case_id for one in coach.curation.pending()} == {mine, theirs}
    assert [row.name for row in rep.contributions()][:1] == ["小霍"]


def test_contributions_count_every_deal_once_and_no_showing_is_no_rate(coach: Coach, draft: Make) -> None:
    case = _published(coach, draft())
    for kind, deal in (
        ("case_shown", "d1"),
        ("case_shown", "d1"),
        ("case_shown", "d2"),
        ("case_opened", "d1"),
        ("case_adopted", "d1"),
        ("case_adopted", "d1"),
    ):
        coach.deals.note(kind, case, {"deal": deal})
    me, samples = coach.curation.contributions()
    assert (me.published, me.this_month, me.shown, me.opened, me.adopted) == (1, 1, 2, 1, 1)
    assert me.adoption == 0.5
    assert me.adopted_by_others == 0
    assert samples.published > 100
    assert samples.adoption is None


def test_one_case_a_month_is_asked_for_until_it_is_there(coach: Coach, draft: Make) -> None:
    assert reminder(0, dt.date(2026, 11, 22)) == (
        "11 月还差一个战例，还有 8 天。",
        "One case is still due for November; 8 days left.",
    )
    assert reminder(0, dt.date(2026, 11, 30)) is not None
    assert reminder(1, dt.date(2026, 11, 22)) is None
    assert coach.curation.still_due() is not None
    coach.curation.submit(draft(), keep=True)
    assert coach.curation.still_due() is not None, "a draft is not handed in"
    assert coach.curation.submit(draft(title="另一个")).reminder is None


def test_a_case_is_masked_throughout_and_says_what_of() -> None:
    text = (
        "title: 张总嫌贵\noutcome: lost\none_line: 质量部的钱慧敏经理说了算，电话 13812345678。\n"
        "reusable_phrases: [{say: 给钱经理打个电话}]\nevidence: [{quote: 张总说不行, speaker: 客户}]\n"
    )
    made = from_yaml(text)
    whole = made.case.model_dump_json()
    for private in ("张总", "钱", "慧敏", "13812345678"):
        assert private not in whole
    assert made.masked["phone"] == 1
    assert {"人名", "电话"} <= set(made.case.masked)
    assert made.case.reusable_phrases[0].say == "给B经理打个电话", "张 is A, 钱 is B, in every field"
    with pytest.raises(BadContent, match="phone"):
        finished(made.case.model_copy(update={"background": "打 13812345678"}), as_is=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: 一个\noutcome: maybe\none_line: 客户先说不要，后来又要了。\n", "outcome: must be one of"),
        ("outcome: won\none_line: 客户先说不要，后来又要了。\n", "title: missing"),
        ("title: 一个\noutcome: won\n", "the story is missing"),
        ("- 一个\n", "must be a mapping"),
        ("title: [一个\n", "not readable YAML"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BadContent) as refused:
        from_yaml(text)
    assert said in refused.value.message("en")
    assert "case.yaml:" in refused.value.message("zh")


def test_the_short_form_needs_a_title_and_a_story() -> None:
    with pytest.raises(BadInput):
        from_words(ShortWords("标题", "won", "短"), "zh")
    made = from_words(
        ShortWords("Priced out by a rival", "lost", "They took the cheaper quote. We had no proof."), "zh"
    )
    assert made.case.language == "en"
    assert made.case.one_line == "They took the cheaper quote."


def test_a_link_that_leads_nowhere_is_a_fault_with_its_line(coach: Coach) -> None:
    good = coach.library.cases("zh")[0].id
    text = f"title: 一个\noutcome: won\none_line: 客户先说不要，后来又要了。\nlinks:\n  similar: [{good}, nobody]\n"
    with pytest.raises(BadContent, match="there is no nobody") as refused:
        from_yaml(text, shelf=coach.curation.linkable())
    assert "case.yaml:5" in refused.value.message("zh")
    assert from_yaml(text.replace(", nobody", ""), shelf=coach.curation.linkable()).case.links.similar == (
        good,
    )


def test_the_shipped_ids_are_taken(coach: Coach) -> None:
    sample = coach.library.cases("zh")[0]
    with pytest.raises(Refused):
        coach.curation.submit(
            from_yaml(f"id: {sample.id}\ntitle: 一个\noutcome: won\none_line: 客户先说不要，后来又要了。\n")
        )
