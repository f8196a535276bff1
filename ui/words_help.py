"""The words of the help page, the first tour, the list of keys, and what leaves the machine."""

from __future__ import annotations

from typing import Final

HELP: Final[dict[str, tuple[str, str]]] = {
    "help": ("帮助", "Help"),
    "help_title": ("怎么用，数据去哪儿", "How to use it, and where data goes"),
    "help_lede": (
        "五步认路，一张键盘表，和一张清单：什么会离开这台机器。",
        "Five steps to find your way, one list of keys, and a plain account of what leaves this machine.",
    ),
    "help_foot": ("第一次用，或者想知道数据去哪儿：", "New here, or wondering where data goes:"),
    "help_foot_keys": ("按 ? 看键盘", "Press ? for the keys"),
    # the tour
    "tour": ("五步认路", "Five steps round the house"),
    "tour_offer": (
        "第一次来？五步看一遍，一分钟。",
        "First time here? Five steps, one minute.",
    ),
    "tour_go": ("走一遍", "Take the tour"),
    "tour_again": ("再走一遍", "Take it again"),
    "tour_skip": ("跳过", "Skip"),
    "tour_back": ("上一步", "Back"),
    "tour_on": ("下一步", "Next"),
    "tour_end": ("开始用", "Get started"),
    "tour_step": ("第 {n} 步，共 {all} 步", "Step {n} of {all}"),
    "tour_last": (
        "随时按 ? 看键盘；想再看一遍，去“帮助”。",
        "Press ? for the keys at any time; the tour stays under Help.",
    ),
    "tour_home": (
        "今天练哪一句、哪次拜访等你确认、最近几场的分，都在首页。",
        "Which line to practise today, which visit waits for you, your last scores: all on the home page.",
    ),
    "tour_practice": (
        "挑一种异议，和模拟客户谈十分钟。客户会走，也会被说服；完了逐条看原话和判定。",
        "Pick an objection and talk to a simulated customer for ten minutes. They can leave or be won; then every"
        " verdict stands beside your words.",
    ),
    "tour_visits": (
        "放进录音或文字稿，得到五动作记录。点一项，原话亮起来，录音从那儿放。",
        "Drop a recording or transcript and get the five-action record. Click an entry: its words light up and the"
        " sound plays from there.",
    ),
    "tour_deals": (
        "说两句新客户的情况，找三个最相近的战例，看为什么像、哪里不一样。",
        "Say a few words about a new customer; get the three nearest cases, why they fit and where they differ.",
    ),
    "tour_handbook": (
        "问一句，手册里有就连同出处给你，没有就说没有。",
        "Ask a question: if the handbooks hold the answer you get it with its source, and if not it says so.",
    ),
    "tour_trainer": (
        "审战例、看缺口、写剧本、校准判定，都在这儿。",
        "Review cases, see what nobody has told yet, write scenarios, calibrate verdicts.",
    ),
    "tour_team": (
        "自己团队的数字：练了几场、过了几场、缺哪一类。这里没有任何人说的话。",
        "Your team's figures: practices, passes, what is missing. Nobody's words are here.",
    ),
    # keys
    "keys": ("键盘", "Keys"),
    "keys_shut": ("关上", "Close"),
    "keys_more": ("看帮助", "Open help"),
    "keys_everywhere": ("到处", "Everywhere"),
    "keys_here": ("打开这张表", "Open this list"),
    "keys_tab": ("到下一处、上一处", "Next, previous"),
    "keys_skip": ("第一下 Tab 再回车，跳到正文", "First Tab, then Enter: skip to the content"),
    "keys_press": ("按下、打开", "Press, open"),
    "keys_escape": ("关上菜单、修改和这张表", "Shut a menu, an edit, this list"),
    "keys_practice": ("对话里", "In a conversation"),
    "keys_send": ("发送", "Send"),
    "keys_line": ("换行", "New line"),
    "keys_talk": ("在“按住说话”上：开始，再按一下结束", "On Hold to talk: start, press again to stop"),
    "keys_visit": ("改记录时", "While editing a record"),
    "keys_save": ("存下修改", "Save the edit"),
    "keys_scenario": ("写剧本时", "In the scenario editor"),
    "keys_keep": ("马上存", "Keep it at once"),
    "keys_tour": ("认路时", "In the tour"),
    "keys_steps": ("下一步、上一步", "Next, back"),
    "key_space": ("空格", "Space"),
    "key_enter": ("回车", "Enter"),
    # what leaves
    "leaves": ("什么会离开这台电脑", "What leaves this computer"),
    "leaves_server": ("什么会离开这台服务器", "What leaves this server"),
    "leaves_nothing": ("什么都不离开", "Nothing leaves"),
    "leaves_some": ("会送出去的：{n}", "Sent out: {n}"),
    "leaves_pages": ("页面", "Pages"),
    "leaves_pages_how": (
        "页面、字体、脚本都由这里给，浏览器不去别处拿。",
        "Pages, fonts and scripts come from here; your browser fetches nothing from elsewhere.",
    ),
    "leaves_sound": ("录音", "Recordings"),
    "leaves_sound_here": ("在本机听写，不外送。", "Transcribed here; no sound is sent."),
    "leaves_sound_out": ("送到 {host} 听写。", "Sent to {host} to be transcribed."),
    "leaves_words": ("对话和记录的文字", "Words of talks and records"),
    "leaves_words_here": (
        "由本机的规则和随产品来的小模型读，不外送。",
        "Read by rules and small models that came with the product; no words are sent.",
    ),
    "leaves_words_out": ("送到 {host} 的模型。{masked}", "Sent to a model at {host}. {masked}"),
    "leaves_masked": (
        "找得到的人名、公司、号码先遮住。",
        "Names, firms and numbers are masked first, as far as they are found.",
    ),
    "leaves_unmasked": (
        "没有遮盖：管理员把遮盖关了。",
        "Nothing is masked: masking has been switched off.",
    ),
    "leaves_search": ("搜索用的文字", "Words for the search"),
    "leaves_search_here": ("检索在本机算。", "The search is computed here."),
    "leaves_search_out": ("送到 {host} 算向量。", "Sent to {host} to be turned into vectors."),
    "leaves_same_machine": (
        "送给本机上的另一个程序（{host}），不出这台机器。",
        "Given to another program on this machine ({host}); it does not leave.",
    ),
    "leaves_models": ("下载", "Downloads"),
    "leaves_models_how": (
        "只有在终端里运行 coach models pull 的时候才联网取模型，取的时候不带任何资料。",
        "Only coach models pull in the terminal fetches anything, and it sends no data along.",
    ),
    "leaves_stays": ("不外送", "Stays"),
    "leaves_goes": ("外送", "Sent out"),
    # programs
    "help_programs": ("给程序用", "For programs"),
    "help_programs_text": (
        "记录、找战例、练习、评分、交战例都有接口，看到的和你在页面上看到的一样多。",
        "Records, matching, practice, scoring and cases have an API; a program sees what you see on the pages.",
    ),
    "help_api": ("看接口说明", "Read the API"),
    "help_api_file": ("OpenAPI 文件", "OpenAPI file"),
}
