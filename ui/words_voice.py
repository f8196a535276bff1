"""The words around speaking in a practice: the microphone, and the customer's voice."""

from __future__ import annotations

from typing import Final

VOICE: Final[dict[str, tuple[str, str]]] = {
    "talk": ("按住说话", "Hold to talk"),
    "talking": ("松开就听写", "Release to transcribe"),
    "talk_working": ("正在听写", "Transcribing"),
    "talk_refused": (
        "用不了麦克风。浏览器只在本机地址或 https 下放行。",
        "No microphone. Browsers allow it on this machine's own address or over https only.",
    ),
    "talk_off_demo": (
        "这里只有演示用的听写，听不懂别的话。装一个真的：coach models pull small，装好这里就能说。",
        "Only the demo model is here, and it understands the samples alone. Run coach models pull small; then you"
        " can talk.",
    ),
    "talk_off": ("说话输入关着", "Talking is off"),
    "voice": ("念出客户的话", "Read the customer aloud"),
    "voice_none": (
        "这台机器没有自己的中文语音，念不了；字都在下面。联网的语音这里不用。",
        "This machine has no English voice of its own, so nothing is read aloud; the words stand below. Voices from"
        " the network are not used.",
    ),
    "talk_nothing": ("没听出字来，直接打字吧。", "No words could be made out. Type the line instead."),
}
