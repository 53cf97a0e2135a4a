"""Which conversations are in neither Japanese nor English: sure before complete."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.labels import read_lines
from koe.language.foreign import is_foreign, is_readable
from koe.language.foreign_words import CHINESE, CHINESE_WORDS, OWN, SIMPLIFIED, TELLING

ROOT = Path(__file__).parent.parent

FOREIGN = {
    "de": "Guten Tag, seit dem letzten Update stürzt die App jeden Morgen ab. Können Sie bitte nachsehen?",
    "de without umlauts": "Hallo, ich kann mich seit gestern nicht mehr einloggen und das Passwort geht "
    "nicht.",
    "de short": "Die Rechnung ist schon wieder falsch, bitte korrigieren Sie das.",
    "de in six words": "Wie kann ich mein Passwort ändern?",
    "de in capitals": "ICH HABE SEIT DREI WOCHEN KEINE ANTWORT VON IHNEN BEKOMMEN UND DAS IST NICHT OK",
    "fr": "Bonjour, l'application est très lente depuis hier et nous ne pouvons pas exporter les factures.",
    "fr short": "Je n'arrive pas à me connecter, est-ce que vous pouvez m'aider ?",
    "es": "Buenos días, la factura de agosto está mal otra vez y nadie nos contesta desde hace una semana.",
    "es without accents": "hola no puedo entrar a mi cuenta desde ayer, me pueden ayudar por favor",
    "it": "Buongiorno, non riesco a scaricare la fattura e quando clicco sul pulsante non succede niente.",
    "pt": "Olá, não consigo baixar a nota de agosto. O sistema mostra um erro toda vez que clico em salvar.",
    "nl": "De app is heel traag en loopt elke dag vast. Kunnen jullie dit zo snel mogelijk oplossen "
    "voor ons?",
    "sv": "Hej, vi kan inte logga in sedan igår och det går inte att återställa lösenordet. Vad ska vi göra?",
    "da": "Hej, vi kan ikke logge ind siden i går, og det er ikke muligt at nulstille koden. Hvad skal "
    "vi gøre?",
    "no": "Hei, jeg får ikke logget inn etter oppdateringen, og det er noe galt med fakturaen. Kan dere "
    "hjelpe?",
    "fi": "Hei, emme pääse kirjautumaan järjestelmään, ja lasku on taas väärin. Voitteko tarkistaa "
    "tämän pian?",
    "pl": "Dzień dobry, od wczoraj nie możemy się zalogować, a faktura jest znowu błędna. Proszę o pomoc.",
    "cs": "Dobrý den, od včerejška se nemůžeme přihlásit a faktura je opět špatně. Prosím o pomoc, děkuji.",
    "hu": "Jó napot, tegnap óta nem tudunk belépni, és a számla is rossz. Kérem, nézzék meg, hogy mi a baj.",
    "ro": "Bună ziua, de ieri nu putem intra în cont și factura este din nou greșită. Vă rog să ne ajutați.",
    "tr": "Merhaba, dünden beri sisteme giriş yapamıyoruz ve fatura yine yanlış. Bize yardımcı olur musunuz?",
    "id": "Halo, sejak kemarin kami tidak bisa masuk ke sistem dan faktur salah lagi. Mohon segera "
    "diperbaiki.",
    "vi": "Xin chào, từ hôm qua chúng tôi không thể đăng nhập vào hệ thống. Xin hãy kiểm tra giúp tôi.",
    "vi without marks": "Toi khong dang nhap duoc tu hom qua, trang web cua cong ty khong mo duoc, nho "
    "xem giup",
    "tl": "Magandang umaga po, hindi kami makapasok sa system mula kahapon at mali na naman ang bill namin.",
    "zh": "您好，我们的账号从昨天开始无法登录，请尽快帮忙处理，谢谢。",
    "zh in three words": "系统太慢了，请处理。",
    "zh traditional": "您好，我們的帳號從昨天開始無法登入，請幫忙確認，謝謝。",
    "zh with names of products": "请问 API key 在哪里重置？Admin Console 里没有这个按钮。",
    "zh with a の": "你们『優の良品』的发票为什么没有寄给我？我已经等了三个星期，请尽快帮忙处理。",
    "yue": "點解我登入唔到個系統？尋日開始已經係咁，麻煩你哋快啲處理。",
    "ko": "안녕하세요. 어제부터 로그인이 안 됩니다. 빨리 확인해 주세요.",
    "ko with names of products": "Dashboard 에서 Export CSV 버튼을 누르면 오류가 납니다.",
    "ru": "Здравствуйте, со вчерашнего дня не можем войти в систему. Помогите, пожалуйста.",
    "el": "Καλημέρα, δεν μπορούμε να συνδεθούμε από χθες.",
    "he": "שלום, אנחנו לא מצליחים להתחבר מאתמול. אפשר עזרה?",
    "ar": "مرحبا، لا يمكننا تسجيل الدخول منذ أمس. الرجاء المساعدة.",
    "th": "สวัสดีครับ เข้าสู่ระบบไม่ได้ตั้งแต่เมื่อวาน ช่วยตรวจสอบด้วยครับ",
    "hi": "नमस्ते, हम कल से लॉगिन नहीं कर पा रहे हैं। कृपया मदद करें।",
    "with placeholders": "[人名-k7q2a] 您好，[会社-p3mzx]的发票还没有收到，请您确认。[メール-aaaa2]",
    "with a log": "Guten Tag, der Export bricht ab, bitte helfen Sie uns, wir brauchen ihn heute.\n"
    "2026-09-14T08:20:35.093 [ERROR] export-03 job=0106 failed elapsed=16925ms\nHTTP 500 POST "
    "/api/v2/export",
    "with an English greeting": "Hi team,\nseit dem letzten Update stürzt die App jeden Morgen ab. "
    "Können Sie bitte nachsehen, woran das liegt? Wir können so nicht arbeiten und haben morgen "
    "Monatsabschluss.",
    "over lines": "Guten Tag,\n\ndie Rechnung vom August\nist schon wieder falsch.\n\nBitte korrigieren "
    "Sie das\nbis Freitag.\n\nMit freundlichen Grüßen\nUte Brandl",
}
OURS = {
    "a heading in kanji": "請求書再発行依頼",
    "a memorandum in kanji": "至急確認要\n請求書再発行希望\n口座振替未完了、使用不能、是非連絡希望",
    "old characters": "學校法人國學院 會計課 齋藤眞澄 廣瀬龍之介 給與明細再發行 返還金額確認",
    "an address in China": "送付先：上海市浦东新区张江高科技园区博云路2号 陈静",
    "an address in China within English": "Please ship it to 深圳市南山区科技园南区 8号楼 instead, thanks.",
    "Japanese about Chinese": "「请稍后再试」と出て先に進めません。中国語の表示を直してください。",
    "Japanese about Korean": "「로그인이 안 됩니다」と表示されます",
    "Japanese about German": "画面に Bitte versuchen Sie es später noch einmal oder wenden Sie sich an "
    "uns と出ます",
    "English about German": "Our users see 'Bitte versuchen Sie es später noch einmal, wir arbeiten "
    "daran' at login.",
    "English with a pasted error": "The portal shows this to half of our staff since this morning:\nNo "
    "se puede conectar con el servidor. Por favor, inténtelo de nuevo más tarde.",
    "English that quotes": 'After login it says "Es ist ein Fehler aufgetreten, bitte melden Sie sich '
    'neu an".',
    "English about Korean": "It shows 로그인이 안 됩니다 when I try to log in",
    "a name": "Иван Петров",
    "a name in Chinese": "张伟 陈静 刘洋",
    "an organisation": "Société Générale de Banque au Liban, Rue de la Paix, Paris",
    "addresses": "Avenida de los Reyes Católicos 4, Ciudad de México\nCalle de la Princesa y del Sol, "
    "28008 Madrid",
    "names with particles": "Vincent van der Berg, Ana de la Cruz, Otto von Bismarck, Luca di Marco, "
    "João da Silva",
    "single words": "Danke",
    "a sign-off": "Merci beaucoup et bonne journée",
    "a name in another script": "safeguard against accidental kNoZeroFill (Сковорода Никита Андреевич)",
    "kaomoji": "ありがとう(*´Д｀)ω｀)",
    "kaomoji alone": "(´Д｀) (´・ω・｀) ಠ_ಠ",
    "Japanese in Latin letters": "sumimasen ga kono fairu wa doko ni arimasu ka, login dekimasen node "
    "onegai shimasu",
    "slang": "pls fix teh thing asap u guys r killing me lol, no login no app no nothing, wtf man",
    "telegraphic": "Login fail again. Same error. Invoice PDF blank. Printer dead. Total mess. Call "
    "back today.",
    "capitals": "LOGIN FAILED AGAIN AFTER RESET PASSWORD LINK EXPIRED ACCOUNT LOCKED CALL BACK URGENT",
    "a log": "ERROR com.acme.da.di.Main at de.acme.la.El$1.run(El.java:42) min max do un en es val del "
    "con\nERROR com.acme.da.di.Main at de.acme.la.El$1.run(El.java:42) min max do un en es val del "
    "con\nERROR com.acme.da.di.Main at de.acme.la.El$1.run(El.java:42) min max do un en es val del "
    "con\n",
    "code": "def main(args):\n    for el in args:\n        print(el)\nSELECT id FROM los WHERE el = un "
    "AND es = 1",
    "blind text": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor "
    "incididunt ut labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud "
    "exercitation ullamco laboris.",
    "codes": "AB-1200 / ΑΒΓ-7 / DE-77 LA-30 EN-12 ES-4 UN-8 EL-3 QUE-1 DEL-3 LOS-9 CON-2",
    "mathematics": "α β γ Δ Σ μ Ω",
    "a list of parts": "M4x10 DIN 912, M6x20 DIN 933, DIN EN ISO 4762, O-Ring 12x2 NBR, Dichtung, "
    "Feder, Bolzen, Welle",
    "a bilingual notice": "停電のため、明日の窓口は午前十時から開きます。ご了承ください。\n由于停电，"
    "明天窗口将于上午十点开放，请您谅解。\nDue to a power cut the desk opens at ten tomorrow.",
    "a German card below": "請求書の宛名を直してください。先月分からずっと旧社名のままです。\n--\nUte "
    "Brandl\nGeschäftsführer der Brandl GmbH & Co. KG, Sitz der Gesellschaft ist Ulm, "
    "Registergericht Ulm",
    "codes of languages": 'allowed = ["af", "sq", "ar", "eu", "bg", "ca", "cs", "da", "nl", "et", "fi",\n'
    '"fr", "de", "hu", "it", "mi", "mt", "no", "pl", "pt", "ro", "se", "si", "sr", "sv", "th", "tr", "vi"]',
    "nothing": "",
    "numbers": "2026-09-14 12:30 / 3,200 / +81 3 1234 5678",
    "links": "https://example.com/de/die/der/das/und/nicht/ist/ein/mit/von/auf/bei",
    "broken": "縺翫荳冶ｩｱ縺ｫ縺ｪ縺｣縺ｦ縺�∪縺�",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in FOREIGN.items()])
def test_other_languages_are_told(text: str) -> None:
    assert is_foreign([text])
    assert is_foreign(text.splitlines())
    assert not is_readable(text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in OURS.items()])
def test_what_is_japanese_or_english_or_no_language_stays(text: str) -> None:
    assert not is_foreign([text])


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in FOREIGN.items()])
def test_a_customer_who_also_says_it_in_japanese_or_english_is_read(text: str) -> None:
    ours = "昨日から画面が開かず、請求書も出せないので困っています。早めに直してください。" * 2
    theirs = "We cannot open the screen since yesterday and no invoice comes out. Please mend it soon. " * 2
    assert not is_foreign([ours, text])
    assert not is_foreign([text, ours])
    assert not is_foreign([text, theirs])


def test_a_turn_is_readable_where_most_of_it_is() -> None:
    assert is_readable("画面が重いです")
    assert is_readable("Thanks, that is what we need.")
    assert not is_readable("请问在哪里设置？")
    assert not is_readable("ABC-123")


def test_the_lists_hold_no_character_that_japanese_writes_and_are_written_as_texts_are_compared() -> None:
    assert all(not _in_japanese_standard(character) for character in SIMPLIFIED)
    assert len(set(SIMPLIFIED)) == len(SIMPLIFIED)
    assert "的" not in CHINESE and "不能" not in CHINESE_WORDS
    assert all(unicodedata.is_normalized("NFC", word) and word == word.lower() for word in TELLING)
    assert {"the", "and", "this"} <= OWN - set(TELLING)


def _in_japanese_standard(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _taught() -> Iterator[str]:
    for pattern in ("training/utterances/*.jsonl", "eval/plain_*.jsonl"):
        for path in sorted(ROOT.glob(pattern)):
            yield from (row["text"] for row in read_lines(path))


def _told() -> Iterator[list[str]]:
    """What customers say, conversation by conversation."""
    for name in ("sample", "eval/sample_en"):
        for kind in ("tickets", "calls"):
            for row in read_lines(ROOT / name / f"{kind}.jsonl"):
                yield [turn["text"] for turn in row["turns"] if turn["speaker"] == "customer"]
    for path in sorted((ROOT / "training" / "conversations").glob("*.txt")):
        for one in path.read_text("utf-8").split("\n=== "):
            said = re.findall(r"^C: (.*)$", one, re.MULTILINE)
            yield [re.sub(r"\[\[\S+ \S+?\||\]\]", "", text) for text in said]


def test_no_conversation_and_no_turn_of_any_set_is_called_foreign() -> None:
    told = list(_told())
    turns = [text for texts in told for text in texts] + list(_taught())
    assert len(told) > 1_500 and len(turns) > 15_000
    assert [texts for texts in told if is_foreign(texts)] == []
    assert [text for text in turns if is_foreign([text])] == []
