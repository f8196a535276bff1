"""The words of the calibration page and of what a report says about it; part of the one table in `ui.words`."""

from __future__ import annotations

from typing import Final

CALIBRATION: Final[dict[str, tuple[str, str]]] = {
    "calibration": ("校准", "Calibration"),
    "calibration_title": ("校准台", "Calibration desk"),
    "calibration_lede": (
        "看原话，判程序判得对不对。先出的是程序最拿不准、还没人看过的。不显示是谁练的。",
        "Read the words and say whether the verdict holds. What the engine was least sure of and nobody has seen comes"
        " first. Whose practice it was is not shown.",
    ),
    "calibration_none": (
        "还没有练完的场次。有人练完一场，判定就摆到这里。",
        "No practice has been finished yet. Once one is, its verdicts are laid out here.",
    ),
    "calibration_done": (
        "这里的判定你都看过了。等新的练习，或换个语言看看。",
        "You have seen every verdict here. Wait for new practices, or switch the language.",
    ),
    "calibration_all": ("全部", "All"),
    "calibration_which": ("看哪种语言的练习", "Practices in which language"),
    "calibration_zh": ("中文", "Chinese"),
    "calibration_en": ("英文", "English"),
    "calibration_progress": ("你看过 {done}，还有 {left}", "You have seen {done}; {left} to go"),
    "calibration_customer": ("客户", "Customer"),
    "calibration_rep": ("销售", "Rep"),
    "calibration_engine": ("程序判", "The engine says"),
    "calibration_near": (
        "这句最接近，程序没算它。",
        "This came nearest; the engine did not count it.",
    ),
    "calibration_no_words": (
        "这一项在这场里没有出现过可判的话。",
        "Nothing that could count for this check was said in this practice.",
    ),
    "calibration_p": ("把握 {p}，过 {edge} 算做到", "Sureness {p}; from {edge} on it counts as done"),
    "calibration_p_none": (
        "这场不是现在的离线引擎判的，没有把握值。",
        "Not judged by the present offline engine, so no sureness is known.",
    ),
    "calibration_odd": (
        "过了线也没算：一句话最多算两项，红线还要另有佐证。",
        "Over the line and still not counted: one line earns two checks at most, and a red line needs more to speak"
        " for it.",
    ),
    "calibration_what_counts": ("怎样算，怎样不算", "What counts and what does not"),
    "calibration_counts": ("这样算", "Counts"),
    "calibration_not": ("这样不算", "Does not count"),
    "calibration_accept": ("判得对", "It holds"),
    "calibration_adjust": ("改成{verdict}", "Should be: {verdict}"),
    "calibration_reject": ("作废", "Throw out"),
    "calibration_skip": ("先跳过", "Skip for now"),
    "calibration_remark": ("为什么（可不写）", "Why (optional)"),
    "calibration_remark_hint": (
        "比如：这是在复述客户的话，不算问",
        "Such as: this repeats the customer, it does not ask",
    ),
    "calibration_reject_note": (
        "作废：这句话没法判，或这一项在这里不适用。",
        "Throw out: these words cannot be judged, or the check does not apply here.",
    ),
    "calibration_mine": (
        "你投过：{vote}。再投一次，以新的为准。",
        "You voted: {vote}. Vote again and the new one stands.",
    ),
    "calibration_others": ("别的培训师已有 {n} 票", "Votes by other trainers: {n}"),
    "calibration_last": ("刚投：{vote}", "Just voted: {vote}"),
    "calibration_change": ("改这一票", "Change it"),
    "calibration_next": ("接下来", "Up next"),
    "calibration_generic": ("通用", "Generic"),
    "calibration_key_point": ("要点", "Key point"),
    "calibration_red_line": ("红线", "Red line"),
    "calibration_kept_off": ("没碰红线", "Red line kept"),
    "calibration_distance": ("离界线 {d}", "{d} from the line"),
    "calibration_figures": ("判得准不准", "How far to trust it"),
    "calibration_overall": ("全部判定", "All verdicts"),
    "calibration_figures_note": (
        "竖线是六成；横条是 95% 区间。投满 {enough} 条还不到六成的，报告里标“仅供参考”。"
        "先看的是最难判的，所以这里的一致率比随手抽的低。",
        "The line is at 60 %, the bar is the 95 % interval. Below 60 % after {enough} verdicts a check is marked"
        " advice only in reports. The hardest come first, so agreement here is lower than in a random draw.",
    ),
    "calibration_no_figure": ("还没有数", "No figure yet"),
    "calibration_n": ("n = {n}", "n = {n}"),
    "calibration_rate": ("一致 {rate}（{low}–{high}）", "{rate} agree ({low}–{high})"),
    "calibration_kappa": ("κ {k}", "κ {k}"),
    "calibration_more": ("还有 {n} 项", "{n} more checks"),
    "calibration_silent": ("另有 {n} 项还没人投。", "Checks without a vote: {n}."),
    "calibration_trainers": ("{n} 位培训师投过票", "Trainers who voted: {n}"),
    "calibration_export": ("导出投票", "Export votes"),
    "calibration_export_csv": ("表格 CSV", "Table, CSV"),
    "calibration_export_json": ("数据 JSON", "Data, JSON"),
    "advice_only": ("仅供参考", "Advice only"),
    "advice_told": (
        "有 {n} 项的判定培训师大多不认可，仅供参考：{what}。总分没有改；不算它们是 {total}。",
        "Trainers mostly disagree with {n} of these checks, so they are advice only: {what}. The total is unchanged;"
        " without them it is {total}.",
    ),
    "advice_check": ("培训师认可 {rate}，看过 {n} 条", "Trainers accept {rate} of {n} verdicts"),
}
