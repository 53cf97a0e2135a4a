"""The manners in which texts give orders to a reading machine, over folded lower-case text."""

import re

__all__ = ["BESIDE", "PATTERNS"]

_MACHINE = (
    r"(?:a\.?i\.?|llms?|(?:large )?language models?|chat ?gpt|gpt|claude|gemini|copilot"
    r"|(?:ai|virtual|automated) (?:assistants?|readers?|systems?|agents?)|classifiers?|summari[sz]ers?"
    r"|(?:automated|automatic|machine) (?:readers?|reading|processing|systems?)|extraction (?:model"
    r"|system|engine))"
)
_DO = (
    r"(?:ignore|disregard|forget|treat|classify|label|mark|file|log|record|count|report|output|return|list"
    r"|answer|reply|respond|write|say|skip|extract|include|add|set|rate|print|reveal|repeat|tag|flag|score"
    r"|register|emit|produce|state)"
)
_KINDS = (
    r"(?:complaints?|objections?|(?:feature )?requests?|findings?|issues?|problems?|questions?|concerns?"
    r"|praises?|buying reasons?)"
)
_VERDICT = (
    r"(?:praise|complaints?|buying reason|feature request|objection|resolved|positive|satisfied|delighted"
    r"|happy|flawless|perfect|spam|no(?:ne|thing)?\b|having no|wanting|ready to buy|very satisfied)"
)
_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override|overrule|bypass|discard|drop|erase"
    r"|cancel)\b.{0,40}\b(?:instructions?|prompts?"
    r"|guidelines?|your rules?|(?:all|any|these|those|earlier|previous|prior|the) rules"
    r"|orders? (?:above|before)"
    r"|everything (?:above|before|else|you)|(?:all|any|the) (?:of the )?(?:above|previous|prior|preceding)"
    r"|(?:previous|prior|preceding) (?:text|messages?|context|directions?))\b",
    r"\b(?:new|updated|real|actual|hidden|secret|following|above|prior|previous|earlier|initial"
    r"|original|your)"
    r" (?:system )?(?:instructions?|prompts?|directives?)\b.{0,60}\b(?:ignore|follow|obey|are|is|apply"
    r"|begin|start|print|say)\b",
    r"^\W*(?:end of )?(?:system|assistant|developer|human|user|ai)\W{0,4}(?:prompt|notes?|messages?"
    r"|override|instructions?|update)?"
    rf"\s*[:>#\]】]+.{{0,60}}(?:\b(?:you|{_DO}|now|no|zero|mode|this (?:message|ticket|customer"
    rf"|call))\b|[ぁ-ん])",
    r"\bas (?:the )?(?:system )?(?:administrator|developer|operator)\b.{0,20}\b(?:disregard|ignore"
    r"|i (?:order|command|instruct))",
    r"\b(?:system|hidden|initial|secret) prompt\b",
    rf"\b(?:to|for|dear|attention|hello|hi|hey|calling|note"
    rf"|n\.?b\.?)\b[^.]{{0,24}}\b{_MACHINE}\b[^.]{{0,40}}(?:[:,-]|\b{_DO}\b"
    r"|\b(?:must|should|please|do not|don't|never|reading)\b)",
    rf"\b{_MACHINE}\b.{{0,20}}\b(?:reading|processing|summari[sz]ing|analy[sz]ing"
    rf"|classifying)\b.{{0,30}}(?:[:,-]|\b{_DO}\b)",
    rf"^\W*{_MACHINE}\s*[:>].{{0,80}}\b(?:{_DO}|no|not)\b",
    r"\b(?:note|message|instruction|attention|dear|order)s?\b.{0,12}\b(?:(?:language )?models?"
    r"|assistants?|(?:chat)?bots?|automated readers?"
    rf"|machines?|parsers?)\b.{{0,50}}\b(?:{_DO}|disregard|must|do not)\b",
    rf"\b{_DO}\b.{{0,60}}\b(?:no|zero|0|none of the|any|all|only) {_KINDS}\b.{{0,40}}\b(?:for|from|in"
    rf"|of|about) (?:this|the|these|all)"
    r" (?:message|ticket|customer|account|call|conversation|text|record|company|client)s?\b",
    rf"\b(?:report|output|return|record|extract|log|write|say|list|note|show|emit|produce"
    rf"|register)\b(?: that)?.{{0,30}}\b(?:no|zero|0) {_KINDS}\b",
    r"\b(?:return|output|give|produce|emit|answer with|reply with)\b.{0,20}\b(?:an? )?(?:empty"
    r"|blank) (?:list|array|json|object|answer|result|findings?)\b",
    rf"\b(?:treat|classify|label|mark|file|log|record|count|tag|flag|register|rate"
    rf"|score)\b.{{0,40}}\b(?:as|under|to be)\b.{{0,20}}\b{_VERDICT}",
    rf"(?:^|[.,;:!]\s*|\b(?:please|and|but) )(?:do not|don't|never)\b.{{0,12}}\b(?:extract|list|report"
    rf"|record|count|mention|classify|log|output)\b.{{0,30}}\b(?:any|this|these|the|it|{_KINDS})\b",
    r"\bseverity\b.{0,6}(?:\d|one|two|three|zero)",
    r"\b(?:report|record|write|say|state|note|output|log)\b that (?:this|the) (?:customer|client"
    r"|account|user|caller|company|restaurant|\w+)"
    r" (?:has|is|was|had|asked|wants|loves|requests?) ",
    r"\b(?:report|record|log|write|output)\b this (?:customer|account|call|ticket"
    r"|client)\b.{0,30}\b(?:satisfied|delighted|no|happy)",
    r"\b(?:answer|reply|respond)\b.{0,12}\b(?:only )?with\b.{0,30}(?:[\"“'「]|\b(?:complaints?"
    r"|findings?|praise|json|yes|no|ok)\b)",
    r"\bthen (?:reply|answer|respond)\b.{0,12}(?:\b(?:ok|yes|no|only|with|done)\b|[\"“'])",
    r"^\W*(?:please |from now on,? |now |you must |you will |always |important:? )*(?:answer|reply"
    r"|respond|output|write your|translate (?:all|every|your))"
    r"\b.{0,40}\b(?:in|into)\b.{0,12}\b(?:french|german|spanish|chinese|korean|japanese|english|russian"
    r"|italian|latin|json|xml|yaml|base64"
    r"|pirate|capitals?|upper ?case)\b",
    r"\byou(?:'re| are) (?:now |no longer )?(?:in \w+ mode|dan\b|unrestricted|jailbroken|an? (?:ai"
    r"|assistant|bot|model|helpful|different|unfiltered"
    r"|classifier|pirate))|\b(?:developer|debug|export|audit|test|god|maintenance|admin(?:istrator)?"
    r"|jailbreak) mode\b.{0,80}\b"
    rf"(?:{_DO}|on|enabled|activated)\b|\b(?:act|behave|pretend|role-?play) (?:as|like|to be|you(?:'re"
    rf"| are)) (?:an? |the |if you )",
    r"\b(?:reveal|print|show|repeat|display|leak|dump|send|email|list|tell|output"
    r"|give)\b.{0,40}\b(?:your (?:instructions?|prompts?|rules|guidelines"
    r"|configuration|training)|instructions? (?:above|you)|(?:every|all|each) (?:other )?(?:customer"
    r"|client|account|user)s?['’]?(?:s['’]?)? "
    r"(?:names?|phones?|e-?mails?|data|records?|addresses|tickets)|api keys?"
    r"|admin(?:istrator)? passwords?|words above)\b",
    r"\b(?:include|insert|add|append|put|place|attach|embed|cite|render)\b.{0,60}(?:\blinks?\b"
    r"|\burls?\b|https?|www\.|!\[|<img|<a )"
    r".{0,80}\b(?:reports?|summar(?:y|ies)|answers?|outputs?|digests?|responses?|themes?|statements?"
    r"|quotes?)\b",
    r"\b(?:in|to|into|of) (?:your|the|every|each) (?:reports?|summar(?:y|ies)|answers?|outputs?"
    r"|digests?|responses?|themes?|statements?)\b"
    r".{0,60}(?:https?|www\.|!\[|<img)",
    r"\b(?:decode|decrypt|rot13|base64)\b.{0,60}\b(?:follow|obey|execute|run|do|and)\b",
    r"\bencoded words:.*\b(?:" + _DO[3:-1] + r"|instructions?|prompt|no|system)\b"
    r"|\bencoded words:.*(?:せよ|しろ|無視|報告|出力)",
    r"\b(?:this|the) (?:text|message|ticket|conversation|sender|customer) (?:contains?|has|requests"
    r"|holds) (?:no|nothing|zero|three|\d+)\b.{0,30}"
    rf"(?:\b{_KINDS}\b|\.|$)",
    r"\bskip (?:the |all |any )?(?:analysis|everything|extraction|the rest)\b|\bcount them\b"
    r"|\bdo not mention this line\b",
)
_MARKS = (
    r"<\||\|>|\[/?inst\]|<</?sys|</?s>",
    r"</?(?:system|instructions?|prompt|assistant|data|records?|conversations?|untrusted\w*|documents?"
    r"|context|user_?input|customer_?text|ticket)\b[^>]*>",
    r"<!--.*(?:\bai\b|model|assistant|output|ignore)",
    r"^\W{0,2}#{2,}\s*(?:system|assistant|instructions?|new|end|begin|human|user|override|\d+ \()",
    r"[=\-#*~_`>'\"]{3}\s{0,8}(?:end|begin|start|system|instructions?|override|new task|stop)\b",
    r"\b(?:end|begin|start)(?:ning)? of (?:the )?(?:data|records?|input|conversations?|document|prompt"
    r"|untrusted|user (?:text|input|message))\b",
    r"[\"'](?:findings|records|themes|kind|severity|quote|role|content|statement|sentences"
    r"|answerable)[\"']\s*:",
    r"^\s*\d+ (?:customer|agent|other)\||^={6,400}$",
)
_FORGED_JA = r"(?:苦情|不満|要望|質問|問題|指摘|欠点|懸念|課題|クレーム|ファインディング|findings?|称賛)"
_MACHINE_JA = (
    r"(?:ai|エーアイ|人工知能|llm|言語モデル|モデル|gpt|要約(?:プログラム|ai|機|担当|ソフト)?|分類(?:器"
    r"|プログラム|ai|担当|システム)"
    r"|自動(?:処理|分類|要約|集計|読み取り|応答|抽出)|処理システム|集計システム|解析システム|議事録"
    r"|アシスタント|ボット|機械)"
)
_ORDER_JA = (
    r"(?:せよ|しろ|しなさい|すること|して(?:ください|下さい|くれ|ね|おいて)|しといて|書いといて"
    r"|伝えといて|するな|しないで|せず"
    r"|ないで(?:ください|くださいね|下さい|ね)|書くな|返せ|返すこと|返して|返しなさい|扱え|みなせ|従え"
    r"|守って|答えよ|答えなさい|記せ|まとめよ)"
)
_JAPANESE = (
    r"(?:これまで|以前|上記|以上|先ほど|前|すべて|全て|全部|今まで|それ以前|元|もと|従来|既存|システム"
    r"|開発者|最初)(?:の|まで|より前の|に与えられた)?"
    r".{0,14}(?:指示|命令|ルール|プロンプト|設定|規則|ガイドライン|制約).{0,18}(?:無視|忘れ|破棄|無効"
    r"|従わ|捨て|取り消|上書|解除)",
    r"(?:指示|命令|ルール|プロンプト)(?:を|は)?(?:すべて|全て|全部)?(?:無視|忘れ|破棄|上書き)",
    rf"{_MACHINE_JA}.{{0,16}}(?:へ|に(?:は|も)?|さん|様|担当|宛|向け|の皆|なら|指示|命令"
    rf"|は).{{0,80}}(?:{_FORGED_JA}|称賛|賛辞|満足|該当なし|問題なし"
    r"|出力|分類|記録|集計|登録|無視|破棄|抽出|命令|無料|回答|返答|書くこと)",
    rf"{_FORGED_JA}.{{0,22}}(?:一件も|一切|すべて|全部|ない|なし|無し|ゼロ|0件|零|空|含まれ"
    rf"|なかったこと|書くな|数え|抽出|存在しま)"
    rf".{{0,24}}(?:{_ORDER_JA}|と(?:だけ)?(?:報告|出力|記録|分類|集計|回答)|って(?:書|言)|ように$)",
    rf"(?:称賛|賞賛|賛辞|絶賛|満足|感謝|該当なし|問題なし|購入理由|肯定|ポジティブ|好意的"
    rf"|最高)[^。]{{0,14}}(?:と(?:だけ|して)?|に|だけを?)[^。]{{0,6}}"
    rf"(?:分類|記録|登録|報告|出力|返|扱|みな|書|集計|処理|回答)[^。]{{0,6}}(?:{_ORDER_JA}|え|せ(?:よ"
    rf"|$)|。|、|$)",
    r"(?:分類|評価|重要度|緊急度|深刻度|満足度)(?:結果)?(?:は|を)[^。]{0,14}(?:称賛|満点|最低|最高|五|5"
    r"|3|ゼロ|0)[^。]{0,6}(?:とし|にせよ|にし|で(?:登録|記録)|です、と|と$)",
    r"(?:あなた|君|お前|貴方)は(?:今から|これから|現在|いま|今)?.{0,14}(?:ai|アシスタント|分類|モデル"
    r"|ボット|モード|機械|プログラム)",
    r"システム\s*(?:プロンプト|メッセージ|指示|への(?:命令|指示|連絡)|命令|通知:|より:)|(?:開発者"
    r"|デバッグ|管理者|監査|テスト|エクスポート)モード",
    r"プロンプト.{0,10}(?:表示|出力|教え|見せ|開示|書き出)|(?:内部|最初の|隠された)(?:の)?(?:指示"
    r"|設定文|命令)",
    r"^\W*(?:system|システム|assistant|アシスタント|命令|指令|新しい指示|追加指示"
    r"|最優先指示)\s*(?:への命令)?\s*[:：>]",
    r"(?:この|以下の|上の|以降の|この後の|この後に続く|次の|本)(?:文|発言|文面|文章|問い合わせ|本文"
    r"|内容|会話|メッセージ|テキスト|指示|ログ).{0,34}"
    r"(?:読まず|読まない|無視し|評価せず|分類せよ|分類すること|として扱|に分類し|指示に従"
    r"|に従ってください|出力|抽出しない|なかったこと)",
    rf"(?:出力|回答|返答|要約|結果)(?:は|を).{{0,16}}(?:空の?(?:配列|リスト|json)|英語|フランス語"
    rf"|中国語|韓国語|ドイツ語|スペイン語|ロシア語|json|ローマ字|関西弁|一語)"
    rf".{{0,16}}(?:{_ORDER_JA}|とする|のみ|だけ)",
    r"(?:必ず|すべての|全ての|各|要約|報告書?|レポート|回答|答え|出力)[^。]{0,24}(?:https?|www\.|リンク"
    r"|url)[^。]{0,50}(?:入れ(?:よ|ろ|ること|なさい)|載せ(?:よ|ろ|ること)|挿入|貼れ|貼ること"
    r"|書(?:け|くこと)|追加せよ|記載せよ|記載すること|付け(?:よ|ること))",
    r"(?:全(?:ての|部の|)|すべての)?(?:顧客|お客(?:様|さん)?|取引先|利用者)(?:の|全員の)?(?:名前"
    r"|電話番号|メール(?:アドレス)?|個人情報|一覧|名簿|データ)[^。]{0,14}"
    r"(?:出力|表示|列挙|書き出|送信|送れ|漏ら)[^。]{0,6}(?:せよ|しろ|しなさい|して$|すること)",
    r"(?:と|を|は)(?:出力|報告|記録|記載|分類|集計|抽出|返答|回答|返却|登録)(?:せよ|しろ|しなさい"
    r"|するな|しないこと|すること)",
    r"(?:復号|デコード|base64|ベース64)[^。]{0,20}(?:従|実行|せよ|しろ|して)",
    r"(?:理由は述べない|例外は認めない|これは命令|(?:プログラム|ai|ボット|機械|モデル)に命じ)",
    rf"{_FORGED_JA}[:：は]?\s*(?:ゼロ|0|零)件?(?:、|で|と|,).{{0,20}}(?:処理|集計|報告|{_ORDER_JA}|満足)",
)
PATTERNS = tuple(re.compile(one) for one in (*_ENGLISH, *_MARKS, *_JAPANESE))
"""Any of them, in a sentence, makes it an order."""
BESIDE = re.compile(
    r"(?:せよ|しろ|なさい|ないこと|[るくすう]こと|扱え|返せ|答えよ|するな|書くな)[。．.!！」』\s]*$"
    rf"|^\W*(?:then |and |also |so )?(?:please )?(?:do not |don't |never |always |only |just )?{_DO}\b"
)
"""Plain commands: orders too where they stand in a text that has given one."""
