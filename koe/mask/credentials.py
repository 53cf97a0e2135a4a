"""Passwords, PINs, keys and tokens in the comparison view: by their shape, or next to their cue."""

import re
from collections.abc import Iterator

from koe.mask.hits import Hit

__all__ = ["find_credentials"]

_SHAPES = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?:sk|pk|rk)[-_](?:live|test|proj|ant|svcacct)[-_][A-Za-z0-9_-]{8,}|sk-[A-Za-z0-9_-]{16,}"
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}"
    r"|hf_[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{20,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
    r")"
)
_KEY_BLOCK = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.S)
_HEADER = re.compile(r"(?<![A-Za-z])(?:Bearer|Basic)\s+([A-Za-z0-9._~+/=-]{12,})")
_URL_LOGIN = re.compile(r"(?<![a-z0-9+.-])[a-z0-9+.-]+://[^\s/:@]*:([^\s/@]+)@", re.I)
_URL_KEY = re.compile(
    r"[?&](?:access_?token|token|api_?key|key|sig|signature|secret|password|pwd|auth)=([^\s&#「」、。]{6,})",
    re.I,
)

_CUE_JA = (
    r"(?:(?:ログイン|初期|仮|管理者|共通|現在の|新しい|旧)?(?:パスワード|パスコード|パスフレーズ|パスワ|合言葉|暗証番号|暗証|"
    r"認証コード|確認コード|セキュリティコード|アクセスキー|シークレット(?:キー)?|秘密鍵|トークン|APIキー|ライセンスキー|APIの?鍵|鍵|キー)|"
    r"(?<![A-Za-z])(?:PW|PASS|PIN|pw|pass|pin|Pass|Pw)(?:コード|番号)?(?![A-Za-z]))"
)
_CUE_EN = (
    r"(?<![A-Za-z])(?:(?:pass(?:word|code|phrase|wd)|pwd|pw|pin(?:\s(?:code|number))?|"
    r"(?:door|gate|entry|alarm|access)\scode|"
    r"secret|client[_ ]secret|token|"
    r"(?:api|access|secret|private|license|licence|encryption)[ _-]?key|cvv|cvc|security\scode|otp|2fa\scode)"
    r"(?![A-Za-z]))"
)
_VALUE = r"[!-~]{3,200}"
_JOIN_JA = r"(?:[（(][^)）\n]{0,12}[)）])?\s?(?:は|が|を|:|=|→|、)?\s?[「『\"'(]?(?:は)?"
_JOIN_EN = (
    r"(?:\s(?:for|to|on)\s(?:the\s)?\w+(?:\s\w+)?)?(?:\s?(?:is|was|=|:|->)\s?|\sto\s|\s)"
    r"(?:still\s|now\s|currently\s)?[\"'`(]?"
)
_AFTER_JA = re.compile(rf"{_CUE_JA}{_JOIN_JA}({_VALUE})")
_AFTER_EN = re.compile(rf"{_CUE_EN}({_JOIN_EN})({_VALUE})", re.I)
_QUOTED_JA = re.compile(rf"{_CUE_JA}(?:は|が|:|=)?\s?[「『]([^「」『』\n]{{2,40}})[」』]")
_TAIL = re.compile(r"[.,;:?)\]}\"'`>]+$")
_STATED = re.compile(r"[:=]\s?[\"'`(]?$|->\s?$|\bis\s|\bwas\s", re.I)
_ORDINARY = re.compile(
    r"(?:https?:.*|[A-Z]{2,6}|[A-Z][a-z]+|\d{1,3}|\d{1,2}[-~]\d{1,2}|[^A-Za-z0-9]+|\d{4}/\d.*|\d{1,3}%|v?\d+(?:\.\d+)+)$"
)


def find_credentials(text: str) -> Iterator[Hit]:
    """Secrets of a known shape, and values that stand next to a word such as password."""
    for pattern in (_SHAPES, _KEY_BLOCK):
        yield from (Hit(*m.span(), "credential") for m in pattern.finditer(text))
    for pattern in (_HEADER, _URL_LOGIN, _URL_KEY):
        yield from (Hit(*m.span(1), "credential") for m in pattern.finditer(text))
    yield from _after_cue_ja(text)
    yield from _after_cue_en(text)


def _after_cue_ja(text: str) -> Iterator[Hit]:
    for m in _AFTER_JA.finditer(text):
        value = _TAIL.sub("", m[1])
        stated = re.search(r"[はがを:=→「『\"'(]\s?$", text[m.start() : m.start(1)]) is not None
        if _looks_secret(value) or (stated and _is_plain_secret(value, text[m.start(1) + len(value) :])):
            yield Hit(m.start(1), m.start(1) + len(value), "credential")
    for m in _QUOTED_JA.finditer(text):
        if not re.search(r"[、。]|ください|ません|再設定|変更|忘れ|入力|表示", m[1]):
            yield Hit(*m.span(1), "credential")


def _after_cue_en(text: str) -> Iterator[Hit]:
    for m in _AFTER_EN.finditer(text):
        value = _TAIL.sub("", m[2])
        stated = _STATED.search(m[1]) is not None
        marked = _looks_secret(value) and (stated or not value.isalpha())
        if marked or (
            re.search(r"[:=\"'`]\s?[\"'`(]?$", m[1]) and len(value) >= 5 and value.isalnum() and stated
        ):
            yield Hit(m.start(2), m.start(2) + len(value), "credential")


def _looks_secret(value: str) -> bool:
    """A run with digits or signs in it that no ordinary word, number of characters or version has."""
    if len(value) < 4 or _ORDINARY.match(value):
        return False
    return any(ch.isdigit() for ch in value) or (
        any(ch in "!#$%&*@^_+=~" for ch in value) and any(ch.isalpha() for ch in value)
    )


def _is_plain_secret(value: str, after: str) -> bool:
    return (
        len(value) >= 5
        and value.isascii()
        and value.isalpha()
        and not _ORDINARY.match(value)
        and re.match(
            r"[」』\"']?(?:です|でした|になって|に(?:変更|戻|し)|で(?:ログイン|入)|\s*(?:$|\n|[」』。、]))",
            after,
        )
        is not None
    )
