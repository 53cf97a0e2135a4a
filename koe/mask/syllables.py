"""Chinese, Korean and Vietnamese names in Latin letters, by their syllables."""

import re
from collections.abc import Iterator

from koe.mask.hits import Hit

__all__ = ["find_syllable_names"]

_FAMILY = (
    r"(?:Nguy[eễ]n|Tr[aầ]n|Ph[aạ]m|Hoang|Hoàng|Huynh|Đặng|Dang|B[uù]i|Ng[oô]|Duong|Tan|Lim|Lee|Wong|Wang|Chan|Chen|Cheng|Cheung|"
    r"Chua|Goh|Ong|Teo|Koh|Lau|Leung|Li|Liang|Liu|Loh|Ng|Ooi|Sim|Tay|Toh|Wu|Xie|Xu|Yang|Yap|Yeo|Yeung|Yip|Zhang|Zhao|Zheng|"
    r"Zhou|Zhu|Kim|Choi|Jung|Jeong|Kang|Cho|Yoon|Jang|Shin|Seo|Kwon|Hwang|Ahn|Ryu|Yoo|Bae|Baek|Heo)"
)
_DOUBTFUL_FAMILY = r"(?:Park|Song|Moon|Han|Hong|Sun|Ho|Lin|Lu|Ma|Low|Tang|Yong|Pang|Vu|Vo)"
"""Family names that are words or places as well: believed before a name with a hyphen."""
_PINYIN = (
    r"(?:[BPMFDTNLGKHJQXZCSRYWbpmfdtnlgkhjqxzcsryw]h?"
    r"(?:iang|iong|uang|iao|ian|ang|eng|ing|ong|uan|uai|ai|ei|ao|ou|an|en|in|un|ie|ia|iu|uo|ui|ua|ue|a|e|i|o|u))"
)
_KOREAN = (
    r"(?:Ji|Min|Seo|Hye|Hyun|Jun|Joon|Soo|Su|Sung|Seung|Young|Yeon|Yoon|Woo|Jin|Eun|Ha|Kyung|Jae|Dong|Sang|Tae|Chan|Ye|Bo|Na|"
    r"Mi|Kwang|Jung|Jeong|Si|Geon|Won|Hee|Gyu|Yu|Ah)-(?:ji|min|seo|hye|hyun|jun|joon|soo|su|sung|seung|young|yeon|yoon|woo|jin|"
    r"eun|ha|ho|jae|ah|na|mi|jung|geon|woong|won|hee|yul|seok|hwan|ki|gyu|bin|ra|kyung|hyeon|wook|beom)"
)
_VIET = (
    r"(?:Th[iị]|V[aă]n|H[oô]ng|Minh|Th[aà]nh|Ng[oọ]c|Anh|Hoa|H[uù]ng|Linh|Lan|Mai|Nam|Ph[uươ]+ng|Quang|Tu[aấ]n|Nhung|H[aà]|"
    r"[DĐ][uứ]c|H[aả]i|Thảo|Trang|Vy|Y[eế]n)"
)
_PATTERNS = (
    re.compile(rf"(?<![A-Za-z-])({_FAMILY}(?:\s{_VIET}){{1,4}})(?![A-Za-z])"),
    re.compile(rf"(?<![A-Za-z-])({_FAMILY}\s(?=[A-Z]){_PINYIN}(?:[\s-]?{_PINYIN}){{0,1}})(?![A-Za-z-])"),
    re.compile(
        rf"(?<![A-Za-z-])((?:(?:{_FAMILY}|{_DOUBTFUL_FAMILY})\s)?{_KOREAN}(?:\s(?:{_FAMILY}|{_DOUBTFUL_FAMILY}))?)(?![A-Za-z-])"
    ),
    re.compile(
        rf"(?<![A-Za-z-])((?:X|Zh|Q(?!u[aeio]))[a-z]{{1,9}}\s(?:{_FAMILY}|{_DOUBTFUL_FAMILY}))(?![A-Za-z-])"
    ),
)
_NO_NAMES = re.compile(
    r"\b(?:Kong|Can|Man|Pan|Fan|Ban|Pin|Sing|King|Ring|Wing|Line|Lane|Me|We|He|No|So|To|Do|Go|In|An|On|Hi)\b"
)
"""English words that sound so."""


def find_syllable_names(text: str) -> Iterator[Hit]:
    """Whole names whose family name or syllables are Chinese, Korean or Vietnamese."""
    for pattern in _PATTERNS:
        for m in pattern.finditer(text):
            if not _NO_NAMES.search(m[1]):
                yield Hit(*m.span(1), "person")
