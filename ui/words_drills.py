"""Words of what surrounds a practice: what is due today, the round, the trend, exams, rewinding, a colleague's seat."""

from __future__ import annotations

from typing import Final

DRILLS: Final[dict[str, tuple[str, str]]] = {
    # what is due today
    "due_title": ("今天练这一句", "Due today"),
    "due_visit": ("上次拜访没接住", "Left open in your last visit"),
    "due_practice": ("上一场没接住", "Left open in your last practice"),
    "due_least": ("两周里练得最少，{n} 场", "Practised least in two weeks: {n}"),
    "due_go": ("练这一句", "Practise it"),
    "round_title": ("今天的六场", "Today's round"),
    "round_note": ("一类异议一场，明天换一批", "One for each objection; a new set tomorrow"),
    "round_done": ("练过了", "Done"),
    # the trend
    "trend_title": ("每类异议练得怎么样", "How each objection is going"),
    "trend_none": ("还没练过", "Not practised yet"),
    "trend_times": ("{n} 场，接住 {held}", "{n}, held {held}"),
    "trend_chart": ("{type}：{scores}", "{type}: {scores}"),
    # own scenarios and certificates
    "own_draft": ("只有你看得到", "Only you see it"),
    "own_shared": ("同事写的", "Made here"),
    "cert_certified": ("有证书", "Certified"),
    "cert_stale": ("证书过期", "Certificate stale"),
    "cert_refused": ("没拿到证书", "Refused a certificate"),
    "cert_none": ("没有证书", "No certificate"),
    # exams
    "exam": ("考试", "Exam"),
    "exam_start": ("考试", "Sit the exam"),
    "exam_note": (
        "考试换一个没见过的开场，没有提示，不能暂停，第一次算数。",
        "An exam opens in a way you haven't met, has no hints and no pause, and the first one counts.",
    ),
    "exam_sat": ("考过 {n} 次，算数的一次 {score}", "Sat {n}; the one that counts: {score}"),
    "exam_running": ("上次考试还没考完", "Your last exam is not over"),
    "exam_go_on": ("接着考", "Finish the exam"),
    "exam_counts": ("考试，算数", "Exam, it counts"),
    "exam_again": ("考试第 {n} 次，不算数", "Exam attempt {n}, does not count"),
    "exam_no_pause": ("考试不能暂停。", "An exam cannot be paused."),
    "exam_no_pause_next": (
        "中途断了会自己停，回来接着考。",
        "If the line drops the clock stops by itself, and you go on when you are back.",
    ),
    # rewinding
    "branch_of": ("从第 {n} 句重来", "Redone from turn {n}"),
    "compare": ("和原来对着看", "Side by side"),
    "compare_title": ("两边对着看", "Side by side"),
    "compare_lead": ("到第 {n} 句为止两边一样", "The same up to turn {n}"),
    "compare_old": ("原来", "Before"),
    "compare_new": ("重来", "Redone"),
    "compare_changed": ("变了什么", "What changed"),
    "compare_same": ("两边的判据一样。", "The same checks on both sides."),
    "compare_better": ("这回做到了", "Done this time"),
    "compare_worse": ("这回没做到", "Not this time"),
    "compare_crossed": ("碰了红线", "Red line crossed"),
    "compare_spared": ("没再碰红线", "Red line no longer crossed"),
    "compare_trust": ("信任 {trust}，耐心 {patience}", "Trust {trust}, patience {patience}"),
    "compare_running": ("还没结束", "Still running"),
    "compare_no_parent": ("这一场不是重来的。", "This practice is no branch."),
    "compare_no_parent_next": (
        "在报告里挑一句，从那里重来。",
        "Pick a line in the report and redo it from there.",
    ),
    # a colleague's seat
    "colleague": ("和同事对练", "With a colleague"),
    "colleague_start": ("同事演客户", "A colleague plays the customer"),
    "seat_rep": ("我演销售", "I am the rep"),
    "seat_customer": ("我演客户", "I am the customer"),
    "seat_other": (
        "另一个人在另一个窗口打开这一页，坐另一个位子。",
        "The other person opens this page in another window and takes the other seat.",
    ),
    "seat_card": ("客户的底", "The customer's card"),
    "seat_opens": ("客户先开口。", "The customer speaks first."),
    "seat_say_rep": ("你是销售，说一句", "You are the rep; say a line"),
    "seat_say_customer": ("你是客户，说一句", "You are the customer; say a line"),
    "seat_agree": ("答应下一步", "Agree to a next step"),
    "seat_leave": ("不谈了", "Walk away"),
    "seat_over": ("这一场结束了：{reason}。", "This session is over: {reason}."),
}
