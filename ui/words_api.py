"""The words of the API: what each operation does, what its errors say, and the page that shows it."""

from __future__ import annotations

from typing import Final

API: Final[dict[str, tuple[str, str]]] = {
    "api_title": ("接口", "API"),
    "api_lede": (
        "给程序用的接口：看到的和网页上一样多，不会更多。",
        "For programs: they see what the same person's pages show, and nothing more.",
    ),
    "api_how": (
        "有账号时带上令牌：Authorization: Bearer 令牌。令牌在“我的账号”里发。",
        "Where there are accounts send a token: Authorization: Bearer TOKEN. Tokens are made on “My account”.",
    ),
    "api_description": ("OpenAPI 描述文件", "OpenAPI description"),
    "api_scope": ("令牌要能：{scope}", "Token needs: {scope}"),
    "api_any_token": ("任何令牌都行", "Any token"),
    "api_sends": ("发送", "Sends"),
    "api_gets": ("得到", "Gets"),
    "api_asks": ("地址里的项", "In the address"),
    "api_required": ("必填", "required"),
    "api_errors": (
        "出错时状态码从 400 起，内容都是 error：code 给程序看，message 说出了什么事，next 说接下来怎么办。",
        "From status 400 on the body is error: code is for programs, message says what happened, next the way on.",
    ),
    "api_does_me": ("这是谁的令牌", "Whose token this is"),
    "api_does_team": ("主管自己团队的数字", "Figures of the manager's own team"),
    "api_does_record": (
        "文字稿变成五动作记录，不存；录音排进队列",
        "A transcript becomes a five-action record, nothing is stored; a recording is queued",
    ),
    "api_does_jobs": ("排队和处理中的录音", "Recordings on their way"),
    "api_does_job": ("一份录音处理到哪儿了", "How one recording stands"),
    "api_does_visits": ("最近的拜访", "The latest visits"),
    "api_does_visits_hand_in": (
        "交录音或文字稿，处理完就是一次拜访",
        "Hand in recordings or transcripts; each becomes a visit",
    ),
    "api_does_visit": ("一次拜访的记录", "One visit's record"),
    "api_does_match": ("给新商机找相近的战例", "Cases that fit a deal, and why"),
    "api_does_cases": ("战例列表", "The list of cases"),
    "api_does_case": ("一个战例", "One case"),
    "api_does_case_submit": ("交一个战例，先存成草稿", "Hand in a case; it stays a draft at first"),
    "api_does_scenarios": ("能练的剧本", "What can be practised"),
    "api_does_practices": ("最近的练习", "The latest practices"),
    "api_does_practice_start": ("开一场练习", "Begin a practice"),
    "api_does_practice": ("一场练习现在怎样", "A practice as it stands"),
    "api_does_practice_turn": ("说一句，客户回话", "Say a line; the customer answers"),
    "api_does_practice_hint": (
        "买一条提示：方向、还差哪一步、示例",
        "Buy the next hint: direction, missing step, example",
    ),
    "api_does_practice_end": ("结束，出分", "End it; the score comes"),
    "api_does_score": ("给练完的对话评分", "Score a finished dialogue"),
    "api_no_outcome": ("没写结果。", "The outcome is missing."),
    "api_no_outcome_next": (
        "outcome 写 won、lost 或 stalled；或用 yaml 交整份。",
        "Set outcome to won, lost or stalled; or send the whole case as yaml.",
    ),
    "api_no_team": ("这台机器上没有账号，也就没有团队。", "There are no accounts here, hence no team."),
    "api_no_team_next": (
        "先加账号：coach users add 名字 --role manager。",
        "Add accounts first: coach users add NAME --role manager.",
    ),
    "api_sign_in_first": ("不知道你是谁。", "Nobody is signed in."),
    "api_sign_in_first_next": (
        "带上 Authorization: Bearer 令牌；令牌在“我的账号”里发。",
        "Send Authorization: Bearer TOKEN; tokens are made on “My account”.",
    ),
    "api_not_for_your_role": ("这个角色或令牌不能做这个。", "This role or token may not do that."),
    "api_not_for_your_role_next": (
        "看 /api/me 里的 scopes；要别的用途就另发一个令牌。",
        "See the scopes in /api/me; for another use make another token.",
    ),
    "api_not_here": ("没有这个地址。", "There is no such address."),
    "api_not_here_next": ("全部地址在 /api/docs。", "All addresses are on /api/docs."),
    "api_not_your_session": ("这不是你的会话。", "This session is not yours."),
    "api_not_your_session_next": ("刷新页面再来。", "Reload the page."),
    "api_wrong_method": ("这个地址不这么用。", "This address is not used in that way."),
    "api_wrong_method_next": ("方法见 /api/docs。", "See /api/docs for its method."),
    "api_too_large": ("太大了，没有读完。", "That is too large; it was not read to its end."),
    "api_too_large_next": (
        "文字不超过 2 MB；录音用表单交，上限是 COACH_MAX_AUDIO_MB。",
        "Words up to 2 MB; send recordings as a form, up to COACH_MAX_AUDIO_MB.",
    ),
    "api_bad_request": ("请求写得不对。", "The request is malformed."),
    "api_bad_request_next": (
        "照 fields 改；每一项怎么写见 /api/docs。",
        "Mend what fields names; /api/docs says how each is written.",
    ),
    "api_bad_input_next": ("改好再发一次。", "Mend it and send it again."),
    "api_unforeseen": ("服务器出了没料到的错。", "Something went wrong here that nobody foresaw."),
    "api_unforeseen_next": (
        "再试一次；还不行就看服务器日志。",
        "Try again; if it stays so, look into the server's log.",
    ),
}
