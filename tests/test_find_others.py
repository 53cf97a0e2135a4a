"""What others say and had, and what turns out to be none: taken back, unless the speaker has it too."""

import pytest

from koe.engine.offline.find.rules import is_taken_back
from koe.records import FindingKind


def taken_back(sentence: str, kind: FindingKind = FindingKind.COMPLAINT) -> bool:
    return is_taken_back(kind, sentence, sentence, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "合わないことがあるってネットで見たんですけど、うちのは合ってました。",
        "すぐ壊れるって口コミで読みましたが、うちのはもう三年動いています。",
        "遅いと評判だったので心配していましたが、使ってみたら全然そんなことはなかったです。",
        "通知が来ないという声をよそで聞きますけど、うちは毎回来ています。",
        "電池がすぐ切れるって聞いてたけど、実際は一日もちます。",
        "知人の会社では画面が固まるそうですが、弊社では一度も経験がありません。",
        "I read online that it miscounts, but ours has been spot on.",
        "Reviews said the battery dies in an hour, mine lasts all day.",
        "We were warned it was slow, but it hasn't been.",
    ],
)
def test_trouble_that_only_others_have_is_taken_back(sentence: str) -> None:
    assert taken_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "ネットには簡単だと書いてありましたが、うちでは全然つながりません。",
        "他の会社では使えているそうですが、うちだけログインできません。",
        "利用者から「動画が止まる」との声が二十件届いております。",
        "注文の控えが来ないというお叱りの電話が毎日入ります。",
        "I read it's simple, but ours won't connect at all.",
        "It's slower than our old system.",
        "Our staff say it logs them out twice an hour.",
    ],
)
def test_trouble_that_the_speaker_has_too_or_passes_on_from_own_people_stands(sentence: str) -> None:
    assert not taken_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "エラーが出ていましたが、再起動したら直りました。",
        "固まると言いましたが、こちらの回線が原因でした。",
        "請求が二重だと思ったのですが、よく見たら別の月の分でした。",
        "消えたのかと焦りましたが、フィルターがかかっていただけでした。",
        "現場から不満の声は上がっていません。",
        "It did freeze, but a restart fixed it and it's been fine since.",
        "I thought we'd been charged twice, but it was two different months.",
        "False alarm, the file was there all along.",
        "Nobody here has complained about the speed.",
    ],
)
def test_trouble_that_was_none_or_of_their_own_making_is_taken_back(sentence: str) -> None:
    assert taken_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "再起動したら直りますが、毎朝同じことになります。",
        "前は一回で済んだ領収書が、今は三つ奥に潜らないと出てきません。",
        "A restart fixes it, then the next morning it's frozen again.",
        "I thought you'd sorted it, but it's still charging us twice.",
    ],
)
def test_trouble_that_comes_back_stands(sentence: str) -> None:
    assert not taken_back(sentence)


def test_having_no_trouble_is_a_reason_not_to_buy() -> None:
    sentence = "手帳に写すだけで、特に困っていないんですよね。"
    assert taken_back(sentence)
    assert not taken_back(sentence, FindingKind.OBJECTION)
