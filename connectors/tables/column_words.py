"""What columns are called in exports of helpdesks, CRMs and spreadsheets, Japanese and English.

Each field has its headers in order of preference: of two columns that fit, the earlier one is taken.
They are compared without case, white space and punctuation.
"""

from collections.abc import Mapping

ACCOUNT = {
    "account_name": """
        会社名 企業名 顧客企業名 取引先名 貴社名 御社名 お客様企業名 お客様会社名 法人名 団体名 企業 会社
        契約企業名 導入企業名 顧客名 組織名 店舗名 学校名 病院名 施設名 事業者名 契約者名 取引先 組織
        顧客 クライアント クライアント名 お客様名 得意先名 得意先 会社名団体名 会社名法人名 会社名組織名
        勤務先 所属 関連会社 関連する会社 関連づけられた会社 associatedcompany associatedcompanynames
        primaryassociatedcompany companyname accountname organizationname requesterorganization
        organization organisation company account customer customername client clientname
    """,
    "account_id": """
        会社id 企業id 顧客id 顧客番号 顧客コード 取引先id 取引先コード 取引先番号 得意先コード 契約id
        契約番号 会員番号 アカウントid お客様番号 組織id 企業コード 会社コード companyid accountid
        organizationid customerid clientid associatedcompanyids
    """,
}
TICKET = ACCOUNT | {
    "id": """
        問い合わせ番号 問合せ番号 問い合わせid 問合せid 問い合わせno 問合せno 受付番号 受付no 受付id
        チケット番号 チケットid チケットno ケース番号 ケースid 管理番号 管理no 整理番号 通番 連番 会話id
        対応番号 応対番号 案件番号 レコード番号 レコードid 番号 no id 項番 key 課題キー ticketid ticketnumber
        ticketno ticket casenumber caseid conversationid issuekey requestid recordid number
    """,
    "created_at": """
        受付日時 問い合わせ日時 問合せ日時 受信日時 作成日時 登録日時 発生日時 送信日時 投稿日時 起票日時
        受付日 問い合わせ日 問合せ日 作成日 登録日 受信日 発生日 起票日 回答日時 タイムスタンプ
        対応日時 応対日時 相談日時 対応日 応対日 相談日
        オープン日時 オープン日時日 開始日時 日時 日付 作成日ticket createdat conversationstartedat
        createdtime createddate createdate created creationdate datetimeopened opendate opened requestedat
        receivedat submittedat submittime timestamp date
    """,
    "updated_at": """
        更新日時 最終更新日時 最終更新日 更新日 最終更新 updatedat lastupdatedtime updatedtime
        lastmodifieddate lastupdated updated modified lastmodified lastactivitydate
    """,
    "contact": """
        顧客担当者名 お客様担当者名 ご担当者名 先方担当者 先方担当者名 顧客担当者 お名前 氏名 名前
        お客様氏名 連絡先名 取引先責任者名 申込者名 申込者 問い合わせ者 問合せ者 依頼者 依頼者名
        ご担当者 ご担当者様 ご担当 リクエスタ リクエスター リクエスト送信者 リクエスタ名 送信者名
        差出人 contactname fullname requestername requester requestedby contact from name
        ご担当者様名 名 firstname givenname contactfirstname requesterfirstname
        顧客氏名 お客様のお名前 お客様担当者 お客様ご担当者 お客様ご担当者名 先方ご担当者 先方ご担当者名
        contactperson customercontact clientcontact primarycontact customerfullname
    """,
    "surname": """
        姓 苗字 名字 担当者姓 ご担当者姓 ご担当者様姓 お客様姓 お客様担当者姓 申込者姓 lastname surname
        familyname contactlastname requesterlastname
    """,
    "email": """
        メールアドレス メール eメール eメールアドレス emailアドレス 差出人メールアドレス
        requesteremail contactemail email emailaddress senderemail mailaddress mail
    """,
    "title": """
        件名 タイトル 表題 題名 標題 チケット名 用件 概要 subject title ticketname summary ticketsubject
    """,
    "text": """
        問い合わせ内容 問合せ内容 問合内容 問い合わせ本文 お問い合わせの内容 ご質問内容 質問内容
        ご相談内容 相談内容 ご要望内容 要望内容 本文 内容 詳細 内容詳細 詳細内容 説明 チケットの説明
        メッセージ 質問 ご質問 要望 ご要望 ご意見ご要望 ご意見 意見 要望ご意見 意見ご要望 自由記述
        自由回答 フリーコメント コメント 申告内容 事象 現象 発言内容 発話内容 発言 発話 文字起こし
        テキスト ticketdescription description body message content comment comments question details
        feedback text transcript utterance
    """,
    "answer": """
        回答内容 回答 対応内容 返信内容 返信 返答 対応結果 対応履歴 回答本文 answer reply response
        resolution resolutionnotes agentreply
    """,
    "status": """
        ステータス 対応状況 対応ステータス 状態 状況 進捗 ticketstatus status state
    """,
    "tags": """
        タグ カテゴリ カテゴリー 問い合わせ種別 問合せ種別 問い合わせ分類 種別 分類 区分 項目 tags labels
        category type tickettype
    """,
    "deal_id": """
        商談id 商談番号 案件id 取引id 関連する商談id dealid opportunityid associateddealids
    """,
}
CALL = TICKET | {
    "id": f"通話id 会議id 商談id 面談id 応対id callid meetingid {TICKET['id']}",
    "deal_id": f"案件id 案件番号 取引id dealid opportunityid {TICKET['deal_id']}",
    "created_at": f"""
        商談日時 商談日 通話日時 通話日 架電日 通話開始日時 会議日時 会議日 面談日 実施日 実施日時
        発信日時 着信日時 starttime startedat callstarttime meetingstart {TICKET["created_at"]}
    """,
    "title": f"商談名 会議名 通話件名 meetingtitle calltitle meetingtopic topic {TICKET['title']}",
    "speaker": "話者 発話者 発言者 話し手 スピーカー 話者区分 speaker speakername speakerrole role author",
    "name": "話者名 発言者名 発話者名 スピーカー名 speakername authorname",
    "at": """
        発言時刻 発話時刻 発話開始 発話開始時刻 発言日時 発話日時 開始時刻 時刻 時間 経過時間 starttime
        start time utteredat
    """,
}
DEAL = ACCOUNT | {
    "id": """
        案件id 案件番号 案件no 案件コード 商談id 商談番号 商談no 取引id 取引番号 レコードid レコード番号
        管理番号 番号 no id 項番 dealid opportunityid recordid opportunitynumber
    """,
    "name": """
        案件名 商談名 取引名 件名 タイトル dealname opportunityname name title
    """,
    "owner": """
        営業担当者 営業担当 担当営業 自社担当 自社担当者 当社担当 弊社担当
        商談所有者 案件担当者 取引担当者 所有者 担当者 担当者名 担当
        dealowner opportunityowner owner salesrep rep assignedto
    """,
    "industry": "業種 業界 産業 業種名 industry sector vertical",
    "stage": """
        フェーズ ステージ 取引ステージ 商談フェーズ 営業フェーズ 案件フェーズ dealstage stage stagename
        salesstage phase
    """,
    "outcome": """
        受失注 受注失注 受注状況 受注結果 商談結果 案件結果 勝敗 結果 成否 案件ステータス 商談ステータス
        ステータス 商談状況 案件状況 状態 状況 進捗 進捗状況 outcome result wonlost winloss status
    """,
    "amount": """
        受注金額 契約金額 取引金額 案件金額 商談金額 見積金額 合計金額 売上金額 提案金額 見込金額 想定金額
        予定金額 金額 金額円 売上 amount dealamount dealvalue value totalamount contractvalue revenue
    """,
    "currency": """
        通貨 通貨コード 通貨単位 通貨名 currency currencycode currencyisocode amountcurrency dealcurrency
        dealcurrencycode currencyofvalue
    """,
    "opened_at": """
        商談開始日 案件開始日 取引開始日 商談作成日 案件作成日 取引作成日 案件登録日 商談登録日 案件発生日
        商談発生日 案件化日 商談化日 引合日 引き合い日 初回商談日 初回訪問日 初回接触日 起票日 作成日
        作成日時 登録日 登録日時 発生日 受付日 opendate opened openedat openedon dealopened
        dealcreated createdate createddate createdat createdon createdtime created datecreated dateopened
        addtime
    """,
    "closed_at": """
        クローズ日 完了日 受失注日 決着日 受注日 成約日 契約日 契約締結日 決定日 終了日 完了予定日
        クローズ予定日 受注予定日 受注見込日 成約予定日 closedate closedat closeddate closed dateclosed
        dealclosedon wondate wontime expectedclosedate
    """,
    "lost_at": "失注日 失注日時 失注確定日 losttime lostdate datelost lostat",
    "loss_reason": """
        失注理由 失注原因 失注要因 敗因 失注事由 クローズした理由 不成立の理由 closedlostreason lossreason
        lostreason reasonlost
    """,
}
WORDS: Mapping[str, Mapping[str, str]] = {"tickets": TICKET, "calls": CALL, "deals": DEAL}
LIST = {
    "file": """
        ファイル名 ファイル 録画ファイル 文字起こしファイル 動画ファイル名 filename file transcriptfile
        transcript path
    """,
} | {key: CALL[key] for key in ("created_at", "account_name", "account_id", "deal_id", "title", "contact")}
"""Columns of a list that says of each transcript what it is."""
