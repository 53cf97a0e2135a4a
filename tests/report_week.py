"""A week made by hand, as full as a real one: a maker of booking software for clinics and shops."""

from pathlib import Path

from koe.digest import Digest, Filled, Refusal
from koe.facts.shape import (
    DealMention,
    Loss,
    QuoteCard,
    RequestFacts,
    ThemeFacts,
    Trend,
    Volumes,
    WeekFacts,
)
from koe.publish import Publication
from koe.records import Coverage, FindingKind, State
from koe.weeks import weeks_between

WEEKS = tuple(weeks_between("2026-W38", "2026-W45"))
ACCOUNTS = (
    "青葉クリニック", "ヘアサロン凪", "みなと歯科", "旅館しおさい", "カフェ木漏れ日", "東町整骨院",
    "大野自動車", "フォトスタジオ灯", "医療法人社団 北辰会 さくら坂レディースクリニック",
    "ヨガスタジオ蓮", "ペンション白樺", "学習塾まなびの木",
)  # fmt: skip
K = FindingKind
LISTS = (
    "top_complaints", "complaints", "gone", "feature_requests", "objections", "buying_reasons",
    "faq", "praise",
)  # fmt: skip

Week = tuple[Publication, WeekFacts, Digest]
Row = tuple[str, FindingKind, tuple[int, ...], Trend, int, tuple[str, ...]]

THEMES: tuple[Row, ...] = (
    ("予約の通知メールが届かない", K.COMPLAINT, (1, 2, 2, 3, 2, 4, 4, 6), "rising", 3, (
        "予約確定のメールが昨日から一通も届いておらず、お客様に電話をかけ直しています。",
        "迷惑メールにも入っていません。通知が来ないと二重に予約を取ってしまうんです",
        "通知、今週だけで3回来ませんでした。",
        "Confirmation mails arrive hours late or not at all since the weekend.",
        "メールが届いていないと患者さんに叱られました",
        "また届きません。先週も同じことを申し上げたはずですが。")),
    ("カレンダーの表示が遅い", K.COMPLAINT, (3, 4, 3, 4, 4, 3, 5, 4), "steady", 2, (
        "月の表示に切り替えるたびに10秒ほど待たされます。",
        "開くまでにお茶が入れられるくらいです（笑）",
        "予約が多い土曜の朝は、画面が固まってしまって受付に行列ができます",
        "表示が重くて、結局は紙の台帳を見ています。")),
    ("請求書の宛名を変えられない", K.COMPLAINT, (0, 0, 0, 0, 0, 0, 0, 3), "new", 2, (
        "法人名が変わったのに、請求書の宛名が古いまま直せません。",
        "宛名に部署名が入らないので、経理から差し戻されています",
        "宛名の欄が20文字で切れてしまい、正式名称が入りません。")),
    ("繰り返し予約の変更が全件に及ぶ", K.COMPLAINT, (2, 2, 3, 1, 2, 2, 2, 2), "steady", 2, (
        "一回だけ動かしたいのに、来月の分まで全部ずれてしまいました。",
        "繰り返しの一件だけを取り消す方法がなく、消して入れ直しています。")),
    ("スマートフォンで入力欄が隠れる", K.COMPLAINT, (2, 3, 2, 2, 3, 2, 2, 1), "falling", 1, (
        "キーボードを出すと備考の欄が見えなくなります。",)),
    ("LINEから予約を受けたい", K.FEATURE_REQUEST, (1, 1, 2, 2, 3, 3, 4, 5), "rising", 2, (
        "お客様の8割はLINEなので、そこから予約が入ると助かるのですが。",
        "LINEで完結できないなら、正直うちでは使い切れないかなと思っています",
        "他の店ではLINE予約ができると聞いて、うちでもできないものかと。",
        "It would be a big step if bookings could come in through LINE.",
        "LINEとつながるとありがたいです。")),
    ("スタッフごとに料金を変えたい", K.FEATURE_REQUEST, (0, 1, 0, 1, 1, 0, 1, 2), "steady", 1, (
        "指名料がスタッフで違うので、担当ごとに料金を入れられるようにしてほしいです。",
        "院長と勤務医で費用を分けられませんか。")),
    ("過去の予約をCSVで出す方法", K.QUESTION, (2, 1, 3, 2, 2, 1, 3, 3), "steady", 1, (
        "去年一年分の予約をCSVで出したいのですが、どこから操作すればよいでしょうか？",
        "予約の一覧を書き出す方法を教えてください。",
        "How do I export last year’s bookings?")),
    ("休業日をまとめて入れる方法", K.QUESTION, (1, 0, 1, 1, 2, 1, 2, 2), "steady", 1, (
        "年末年始の休みをまとめて設定するには、どうすればいいですか？",
        "祝日を一括で休みにできますか。")),
    ("移行の手間が見えない", K.OBJECTION, (1, 0, 1, 1, 0, 1, 1, 3), "rising", 2, (
        "いまの台帳に8年分あるんですけど、それを誰が入れるのかなというところで止まっていて。",
        "移行に人を取られるなら、今期は見送ろうかという話になっています",
        "繁忙期の前に切り替えるのは怖いですね。")),
    ("月額が席数に比例する", K.OBJECTION, (1, 1, 0, 1, 1, 1, 0, 1), "steady", 1, (
        "パートさんまで一人ずつ料金がかかると、ちょっと稟議が通らないです。",)),
    ("電話の対応が減る", K.BUYING_REASON, (1, 2, 1, 1, 2, 2, 1, 3), "rising", 3, (
        "電話が半分になるなら、受付を一人減らさずに済むので、それだけで元が取れます。",
        "夜中に予約が入るようになったのが、うちには一番大きかったです",
        "電話に出られなくて逃していた分が拾えるのは魅力です。")),
    ("問い合わせへの返事が早い", K.PRAISE, (0, 1, 1, 0, 1, 1, 1, 2), "steady", 1, (
        "サポートの方がその日のうちに画面を見ながら直してくださって、本当に助かりました。",
        "返事がいつも早くて安心しています。")),
)  # fmt: skip


def made_week() -> Week:
    """A published week, its facts and its words."""
    themes, quotes = _themes()
    return (
        Publication("2026-W45", 1, "guarded", (), Path("/nowhere/reports/2026-W45")),
        _facts(themes, quotes),
        _digest(themes),
    )


def empty_week() -> Week:
    """A week in which nothing came in, the first of all."""
    publication, facts, digest = made_week()
    empty = dict.fromkeys((*LISTS, "losses", "facts", "quotes"), ())
    nothing = Volumes(tickets=0, calls=0)
    coverage = Coverage(conversations=0, states={}, duplicates=0, skipped=0, dropped={}, language={})
    few = {"weeks": ("2026-W45",), "volumes": nothing, "volume_history": (nothing,), "coverage": coverage}
    return (
        publication,
        facts.model_copy(update={**empty, **few, "wins": 0, "unsettled": 0}),
        digest.model_copy(update={"sentences": (), "refusals": ()}),
    )


def hostile_week(text: str) -> Week:
    """The week with one text wherever a customer, a CRM or an engine could have put it."""
    publication, facts, digest = made_week()

    def poisoned(theme: ThemeFacts) -> ThemeFacts:
        names = {"name": text, "account_names": (text,) * len(theme.account_names)}
        if isinstance(theme, RequestFacts):
            deals = tuple(deal.model_copy(update={"account": text, "deal": text}) for deal in theme.deals)
            return theme.model_copy(update={**names, "deals": deals})
        return theme.model_copy(update=names)

    lists = {name: tuple(poisoned(theme) for theme in getattr(facts, name)) for name in LISTS}
    words = {"account": text, "conversation": text, "quote": text, "statement": text}
    quotes = tuple(card.model_copy(update=words) for card in facts.quotes)
    lost = {"account": text, "deal": text, "reason": text, "currency": text}
    losses = tuple(loss.model_copy(update=lost) for loss in facts.losses)
    said = tuple(sentence.model_copy(update={"text": text}) for sentence in digest.sentences)
    return (
        publication._replace(revision=2, changes=(f"complaints {text}: 1 → 2", text)),
        facts.model_copy(update={**lists, "quotes": quotes, "losses": losses}),
        digest.model_copy(update={"sentences": said}),
    )


def _themes() -> tuple[dict[FindingKind, list[RequestFacts]], list[QuoteCard]]:
    themes: dict[FindingKind, list[RequestFacts]] = {kind: [] for kind in FindingKind}
    quotes: list[QuoteCard] = []
    for n, (name, kind, history, trend, severity, said) in enumerate(THEMES):
        cards = [_card(len(quotes) + i, n, kind, severity, text) for i, text in enumerate(said)]
        quotes += cards
        themes[kind].append(_theme(f"th_{n:02d}", name, kind, (history, trend, severity), cards))
    return themes, quotes


def _card(number: int, theme: int, kind: FindingKind, severity: int, text: str) -> QuoteCard:
    call = kind in (K.OBJECTION, K.BUYING_REASON)
    return QuoteCard(
        finding=f"f_{number:03d}",
        conversation=f"{'C' if call else 'T'}-{number + 101:04d}",
        conversation_kind="call" if call else "ticket",
        account=ACCOUNTS[number % len(ACCOUNTS)],
        day=f"2026-11-{2 + number % 7:02d}",
        turn=0,
        kind=kind,
        statement=THEMES[theme][0],
        quote=text,
        severity=severity,
        theme=f"th_{theme:02d}",
    )


def _theme(
    theme: str,
    name: str,
    kind: FindingKind,
    told: tuple[tuple[int, ...], Trend, int],
    cards: list[QuoteCard],
) -> RequestFacts:
    history, trend, severity = told
    deals, amounts = (), {}
    if kind in (K.FEATURE_REQUEST, K.OBJECTION, K.BUYING_REASON) and len(cards) > 2:
        deals = tuple(
            DealMention(
                deal=f"D-{n:03d}", account=card.account, outcome=outcome, amount=amount, currency="JPY"
            )
            for n, (card, outcome, amount) in enumerate(
                zip(cards, ("open", "lost", "open"), (1_944_000.0, 907_200.0, None), strict=False)
            )
        )
        amounts = {"JPY": {"open": 1_944_000.0, "lost": 907_200.0}}
    return RequestFacts(
        theme=theme,
        name=name,
        kind=kind,
        accounts=history[-1],
        conversations=len(cards) + 1,
        previous_accounts=history[-2],
        history=history,
        trend=trend,
        severity=severity,
        account_names=tuple(sorted({card.account for card in cards})),
        findings=tuple(card.finding for card in cards),
        deals=deals,
        amounts=amounts,
        credited={"support": 2, "product": 1} if kind is K.PRAISE else {},
    )


def _plain(themes: list[RequestFacts]) -> tuple[ThemeFacts, ...]:
    fields = ThemeFacts.model_fields
    return tuple(ThemeFacts(**{name: getattr(theme, name) for name in fields}) for theme in themes)


def _facts(themes: dict[FindingKind, list[RequestFacts]], quotes: list[QuoteCard]) -> WeekFacts:
    complaints = _plain(themes[K.COMPLAINT])
    gone = complaints[4].model_copy(
        update={
            "theme": "th_gone", "name": "印刷すると枠線が消える", "accounts": 0, "previous_accounts": 2,
            "history": (0, 1, 1, 2, 1, 1, 2, 0), "trend": "gone", "findings": (), "account_names": (),
        }
    )  # fmt: skip
    tickets, calls = (31, 28, 35, 40, 38, 33, 36, 42), (9, 12, 8, 11, 14, 10, 12, 15)
    history = tuple(Volumes(tickets=t, calls=c) for t, c in zip(tickets, calls, strict=True))
    return WeekFacts(
        week="2026-W45",
        start="2026-11-02",
        end="2026-11-08",
        timezone="Asia/Tokyo",
        weeks=WEEKS,
        volumes=history[-1],
        volume_history=history,
        top_complaints=complaints[:3],
        complaints=complaints,
        gone=(gone,),
        feature_requests=tuple(themes[K.FEATURE_REQUEST]),
        objections=tuple(themes[K.OBJECTION]),
        buying_reasons=tuple(themes[K.BUYING_REASON]),
        faq=_plain(themes[K.QUESTION]),
        praise=_plain(themes[K.PRAISE]),
        losses=_losses(themes),
        wins=2,
        coverage=_coverage(),
        facts=(),
        quotes=tuple(quotes),
        unsettled=1,
    )


def _losses(themes: dict[FindingKind, list[RequestFacts]]) -> tuple[Loss, ...]:
    said = themes[K.OBJECTION][0].findings
    first = Loss(
        deal="D-014", account="旅館しおさい", amount=907_200.0, currency="JPY",
        reason="他社に決定。価格ではなく移行の手間とのこと", findings=said[1:2],
    )  # fmt: skip
    return first, Loss(
        deal="D-021", account="大野自動車", amount=None, currency="JPY", reason="", findings=()
    )


def _coverage() -> Coverage:
    states = {State.READ: 34, State.NOTHING: 17, State.EMPTY: 3, State.FAILED: 1, State.LEFT: 0}
    return Coverage(
        conversations=55,
        states={**states, State.WITHDRAWN: 2},
        duplicates=2,
        skipped=1,
        dropped={"not_in_turn": 2, "too_short": 1},
        language={"ja": 51, "en": 6},
    )


def _digest(themes: dict[FindingKind, list[RequestFacts]]) -> Digest:
    complaint, request, objection = (
        themes[kind][0] for kind in (K.COMPLAINT, K.FEATURE_REQUEST, K.OBJECTION)
    )
    said = (
        ("volumes", "今週は問い合わせ42件、商談・通話15件が届きました。", ()),
        ("complaints", "最も多い困りごとは「予約の通知メールが届かない」で、6社から聞かれました（前週4社）。",
         complaint.findings),
        ("complaints", "「請求書の宛名を変えられない」は今週はじめて聞かれ、3社からありました。",
         themes[K.COMPLAINT][2].findings),
        ("feature_requests", "要望では「LINEから予約を受けたい」が5社、商談中の1,944,000円に関わります。",
         request.findings),
        ("objections", "商談では「移行の手間が見えない」が3社から挙がりました。", objection.findings),
    )  # fmt: skip
    return Digest(
        week="2026-W45",
        language="ja",
        engine="offline",
        state="guarded",
        sentences=tuple(Filled(section=section, text=text, cites=cites) for section, text, cites in said),
        refusals=(Refusal(rule="number", reason="7 is no fact", text="7社が怒っています。"),),
    )
