"""Words that tell what a customer is about, in classes of meaning; the model weighs the classes.

General language, no company's words. A class is a feature of a span, of what stands before it and of
what stands behind it, so a class may be wide: what it is worth is learned.
"""

import re

__all__ = ["CLASSES", "ENGLISH", "JAPANESE"]

_EN = {
    "broken": r"\b(?:slow|sluggish|crawl\w*|lag(?:s|gy|ged)?|hang(?:s|ing)?|hung|fr[eo]ez\w*|froze\w*|"
    r"stuck|crash\w*|br[eo]k\w*|"
    r"fail\w*|falls? over|fell over|blank|vanish\w*|disappear\w*|missing|lost|los(?:e|es|ing)|wiped?|"
    r"wrong|incorrect\w*|mismatch\w*|doubl\w+|"
    r"duplicat\w*|error\w*|glitch\w*|bug\w*|timed? out|times out|kick\w* (?:me |us |him |her |them )?out|"
    r"logg?\w* (?:me |us )?out|"
    r"drops?|dropped|dropping|corrupt\w*|garbled|down|offline|spins?|spinning|ghost\w*|stale|ancient|"
    r"late|overdue|behind)\b",
    "refuses": r"\b(?:won['’]?t|doesn['’]?t|didn['’]?t|isn['’]?t|wasn['’]?t|aren['’]?t|haven['’]?t|"
    r"hasn['’]?t|couldn['’]?t|refus\w+|"
    r"nothing (?:happen\w*|came|comes)|no sign|stopp?\w*|not (?:work|load|show|sync|sav|updat|print)\w*)\b",
    "repeats": r"\b(?:keeps?|kept|every (?:single |other )?(?:time|day|morning|week|month|monday|friday)|"
    r"again|third time|second time|"
    r"twice|times (?:today|this)|constantly|always|over and over|each time|still|yet)\b",
    "lost_in_it": r"\b(?:can['’]?t (?:work out|find|figure|see|make|tell|get)|cannot (?:find|see|tell|"
    r"work)|confus\w*|baffl\w*|"
    r"no idea|clue\w*|buried|hid(?:den|es)|hunt\w*|maze|guess\w*|unclear|jargon|clicks|menus?|puzzl\w*|"
    r"head or tail)\b",
    "bad_feeling": r"\b(?:frustrat\w*|annoy\w*|furious|fed up|disappoint\w*|mad|hair|embarrass\w*|"
    r"shout\w*|swear\w*|sw[eo]re|grumbl\w*|"
    r"moan\w*|complain\w*|hate\w*|nightmare|pain|ridiculous|unaccept\w*|joke|silly|useless|hopeless|"
    r"rubbish|poor|awful|terrible|"
    r"angry|angr\w*|upset|tears|cry\w*|cried|sorry|apologi\w*|rude|ugly|fiddly|clunky|awkward|tedious|"
    r"painful)\b",
    "cost_of_it": r"\b(?:by hand|manual\w*|cop(?:y|ied|ying)|past(?:e|ed|ing)|retyp\w*|re-?enter\w*|"
    r"spreadsheets?|paper|print\w*|"
    r"notebook|pen|hours?|minutes?|half an hour|all day|afternoon|morning|evening|weekend|overtime|"
    r"coffee|kettle|queue\w*|wait\w*)\b",
    "wish": r"\b(?:wish\w*|if only|shame|pity|would be (?:nice|good|great|lovely|handy|useful|heaven|"
    r"a godsend|ace|helpful)|"
    r"(?:it['’]?d|that['’]?d) be|i['’]?d (?:love|like|kill|pay|use|give|want)|we['’]?d (?:love|like|use|"
    r"pay|want)|would (?:save|help|love|spare|like|"
    r"make)|any chance|please (?:add|let|make|give|build|allow|consider|can|could)|let (?:us|me|people|"
    r"them|staff|parents|customers)|"
    r"ought to|should (?:be able|let|have|just|be a)|(?:we|i) (?:really |do |just )?(?:need|want) (?:a|"
    r"an|to be able|it to|the|some|one)|"
    r"option (?:to|for)|ability|feature|request|wishlist|road ?map|plans? to|could (?:it|you|we|there|"
    r"the)|can (?:you|it|we) (?:make|add|have)|"
    r"instead of|rather than|on my list|dream\w*|hoping)\b",
    "how": r"\b(?:how (?:do|can|would|to|does|should|am|is|are|d['’]you)|where (?:do|is|are|can|does|"
    r"would|did|the|on|in|abouts)|"
    r"whereabouts|which (?:menu|screen|button|setting|tab|page|box|option|one)|what do (?:i|we)|"
    r"what['’]?s the (?:trick|way|difference|right|best)|"
    r"is there (?:a|any) (?:way|guide|page|setting|button)|do (?:i|we) (?:have|need)|walk me|remind me|"
    r"show me|tell me|point me|steps?|"
    r"instructions?|manual|guide|set(?:ting)? (?:it )?up|change|turn (?:it )?(?:on|off)|"
    r"switch (?:it )?(?:on|off)|can (?:i|we)|is it possible)\b",
    "mark": r"\?",
    "price": r"[£$€]|\b(?:pounds?|quid|dollars?|bucks|euros?|grand|thousand|hundred|pric\w+|costs?|"
    r"costing|expensive|dear|cheap\w*|fees?|"
    r"budget\w*|afford\w*|discount\w*|quot(?:e|ed|es)|licen[cs]\w*|bill(?:ed|ing|s)?|invoice\w*|"
    r"per (?:seat|user|head|month|site|year)|a seat|"
    r"a head|money|spend\w*|spent|pay\w*|paid|charg\w+|sum|figure|purse|finance)\b",
    "terms": r"\b(?:contract\w*|ti(?:e|ed|es|ing) (?:in|up|us|me)|lock\w*|year (?:deal|term|contract|"
    r"minimum)|(?:two|three|five)[- ]years?|"
    r"minimum|notice|commit\w*|renew\w*|exit|cancel\w*|clause|sign\w*|term|lease)\b",
    "gatekeepers": r"\b(?:board|trustees?|partners?|directors?|governors?|council|union|legal|lawyers?|"
    r"it (?:department|team|lot|people)|"
    r"security|audit\w*|gdpr|complian\w*|data protection|dpo|insur\w*|regulat\w*|procurement|approv\w*|"
    r"committee|head office|"
    r"boss|owner|fd|cfo|ceo|md|husband|wife|server\w*|cloud|hosted|data)\b",
    "doubt": r"\b(?:risk\w*|worr\w*|nervous|scar\w+|afraid|concern\w*|trust|doubt\w*|not sure|unsure|"
    r"hesita\w*|reluctan\w*|sceptic\w*|"
    r"skeptic\w*|convinc\w*|what if|what happens (?:if|when)|if (?:it|you|the|we|even)|hard (?:sell|to)|"
    r"tricky|too (?:much|many|big|small|"
    r"dear|late|soon|early|long|complicated|good)|not (?:yet|now|ready|until|keen|going)|"
    r"can['’]?t (?:justify|commit|afford|see us|swallow|do)|"
    r"no (?:appetite|rush|budget|time|way|one)|nobody|hold(?:s|ing)? (?:me|us)? ?back|problem is|"
    r"trouble is|thing is|catch|stumbl\w*|sticking)\b",
    "people_resist": r"\b(?:won['’]?t (?:use|touch|log|have|wear|like|do|go|read)|refus\w+|his ways|"
    r"their ways|older|old (?:hands|school|guard|boys)|"
    r"retir\w*|never going to|mutiny|revolt|riot|resist\w*|walk out|throw|smartphone\w*|phones?|thumbs|"
    r"lads|ladies|drivers?|nurses?|teachers?|"
    r"staff|crew|guys|volunteers?|managers?|prefer\w*|hate\w*|stubborn|always (?:done|rung|used|had)|"
    r"habit\w*)\b",
    "effort": r"\b(?:migrat\w*|mov(?:e|ing) (?:all|over|our|everything|it|\w+ )|import\w*|switch\w*|"
    r"train(?:ing)?|roll\w* ?out|set-?up|learn\w*|"
    r"cut-?over|busy|peak|season|christmas|year end|quarter|bandwidth|hands|short-?staffed|project|"
    r"overhaul|start(?:ing)? (?:again|over)|"
    r"two systems|another (?:system|login|app|tool|password|screen))\b",
    "incumbent": r"\b(?:already (?:have|use|pay|got|do)|what we(?:['’]ve)? (?:have|got|use)|does the job|"
    r"good enough|works? (?:fine|well enough)|"
    r"we['’]ve always|happy with|free|excel|word|google|whiteboard|notebook|diary|pencil|homegrown|"
    r"built (?:it|our)|in-house)\b",
    "gain": r"\b(?:sav(?:e|es|ed|ing|ings)|cut(?:s|ting)?|halv\w+|half|reduc\w*|quick\w*|fast\w*|"
    r"in (?:minutes|seconds|an afternoon|one go|ten|five|two)|"
    r"no more|never again|gone|paid for itself|pays? for itself|freed?|home by|weekends? back|on time|"
    r"earn\w*|revenue|sell\w*|sold|worth|"
    r"down (?:from|to)|drop(?:ped)?|fewer|zero|nobody has to|at a glance|one (?:place|screen|page|list|"
    r"login|click|button)|finally|"
    r"don['’]?t have to|didn['’]?t have to|haven['’]?t had|no longer|instead of|straight (?:in|into|to|"
    r"out)|automatic\w*|itself|on its own|"
    r"up (?:by )?\d+|percent|per cent|%|ready|passed|found|caught|spot\w*|prove\w*|proof|win\w*|won)\b",
    "before_after": r"\b(?:used to|before|until (?:now|we)|since (?:we|you|the|going|moving)|now (?:we|i|"
    r"they|it|the|she|he)|these days|any ?more|"
    r"last (?:year|month|time|winter|summer|quarter)|took|takes|old way)\b",
    "tried": r"\b(?:trial\w*|pilot\w*|demo\w*|tested|test(?:ing)? (?:it|account)|tried|try(?:ing)?|saw|"
    r"seen|showed|watched|first (?:week|month|day)|"
    r"fortnight|during the|month in|weeks in|played)\b",
    "decides": r"\b(?:that['’]?s why|the reason|reason (?:we|i|enough|to)|sold (?:me|us|it|him|her)|"
    r"clinch\w*|swung|swing|tipp?\w*|made up|"
    r"i['’]?m in|we['’]?re in|no.brainer|tick\w*|shopping list|must.have|what (?:i['’]?m|"
    r"we['’]?re) (?:after|looking)|exactly what|looking for|"
    r"big(?:gest)? (?:thing|draw|one|plus)|appeal\w*|attract\w*|draw|hooked?|interest\w*|go ahead|"
    r"where do i sign|recommend\w*|stay\w*|renewing|"
    r"justif\w*|makes? sense|business case|need)\b",
    "praises": r"\b(?:lov(?:e|ed|es|ing|ely)|brilliant\w*|fantastic|great|superb|excellent|marvel\w*|"
    r"impress\w*|stars?|delight\w*|wonderful\w*|"
    r"pleas(?:ed|ure|ant|antly|ing)|happy|best|thank\w*|kudos|hats? off|well done|credit|compliment\w*|"
    r"easy|easier|easily|intuitive|joy|genius|spot on|"
    r"beautiful\w*|nice\w*|cracking|top (?:notch|marks)|smooth\w*|painless|doddle|breeze|clever|"
    r"clear(?:ly|est)?|glad|fab\w*|ace|perfect\w*|"
    r"gem|legend|angel|saint|treat|smil\w*|favou?rite|proud|amaz\w*|good)\b",
    "your_people": r"\b(?:your (?:team|chap|lady|guy|girl|lad|support|people|colleague|engineer|trainer|"
    r"man|woman|folks?|help ?desk|rep|desk|fella|"
    r"installer|technician)\w*|on your (?:team|side|end|desk)|support (?:desk|line|team|person|agent)|"
    r"stayed on|patien\w*|(?:rang|called|phoned|came) (?:me |us )?back|"
    r"helpful|polite|kind(?:ly|ness)?|explained|talked me|walked (?:me|us)|trainer|human|answered|"
    r"picked up|replied)\b",
    "settled": r"\b(?:fixed|sorted|resolved|solved|patched|all good|moved on|cleared|put right|"
    r"working again|went away|cured|history|"
    r"closed|water under|bygones|no need|ignore|never mind|taken back|changed my mind|not any ?more)\b",
    "denies": r"\b(?:no (?:trouble|complaints?|issues?|problems?|grumbles|bother)|never (?:had|seen|been|"
    r"happened|once)|(?:works?|been) fine|"
    r"fine (?:for|with|here)|not (?:an?|our|a single) (?:issue|problem|complaint)|can['’]?t (?:complain|"
    r"fault|say (?:we|i))|mine (?:is|are) fine|"
    r"hasn['’]?t (?:happened|bothered)|none of that|not us|not here|touch wood|suits us)\b",
    "hearsay": r"\b(?:(?:i|we)(?:['’]ve)? (?:heard|read)|people say|some (?:people|firms|folk|say)|"
    r"apparently|they say|a friend|"
    r"someone (?:told|said|else)|my (?:brother|nephew|mate|sister|cousin|neighbou?r)|reviews?|forum\w*|"
    r"suppos\w*|rumou?r\w*|other (?:firms|companies|customers|"
    r"schools|shops|people)|word is|reckons?)\b",
    "other_product": r"\b(?:our old|the old (?:system|one|software|tool|lot|app)|(?:the )?previous|"
    r"last (?:provider|supplier|vendor|system|lot)|"
    r"competitor\w*|rivals?|different (?:firm|company|vendor)|another (?:firm|vendor|company|supplier)|"
    r"the other (?:lot|system|vendor|one|firm|product)|"
    r"before (?:you|yours)|the (?:bank|printer|phone company|courier|broadband)['’]?s?)\b",
    "chores": r"\b(?:meeting|reschedul\w*|calendar|invite|(?:mon|tues|wednes|thurs|fri)day|address|"
    r"purchase order|po number|attach\w*|"
    r"call (?:you|me) (?:back|later)|send (?:me|us|over|it|the)|forward\w*|receipt|mute\w*|hear me|"
    r"hear you|can you see|screen|resend|copy of|"
    r"postcode|dial|join\w*|link|running late|out of office|on (?:leave|holiday)|speak (?:soon|then)|"
    r"regards|hi|hello|morning all|cheers)\b",
    "yours": r"\b(?:you|your|yours|you['’]ve|you['’]re)\b",
    "ours": r"\b(?:we|our|us|we['’]ve|we['’]re|i|my|me)\b",
    "but": r"\b(?:but|although|though|however|only|mind you|except|until|unless|whereas)\b",
    "would": r"\b(?:would|could|i['’]?d|we['’]?d|it['’]?d|might|may|if)\b",
    "done": r"\b(?:was|were|had|did|got|took|went|came|told|said|found|spent|sat|rang|asked)\b",
    "digits": r"\d",
    "machine": r"\b(?:classif\w*|label\w*|instruction\w*|prompt\w*|output\w*|ai|assistant|model|bot)\b",
}
_JA = {
    "broken": r"遅[いくかす]|重[いくた]|もたつ|のろ|固ま|止ま|落ち|消え|壊れ|届か|届いて|来な|"
    r"来て(?:い)?な|エラー|不具合|バグ|ずれ|ズレ|"
    r"違[うっい]|間違|合わな|合って(?:い)?な|二重|ダブ|重複|真っ白|くるくる|ぐるぐる|切れ|途切れ|抜け|"
    r"漏れ|欠け|文字化け|崩れ|はじかれ|弾かれ|"
    r"反応し|開かな|開け|動か|映ら|表示され|反映され|飛んで|勝手に|戻って|戻され|ログアウト|不安定|"
    r"誤[っ作差]|空欄|読み込",
    "cannot": r"でき(?:な|ませ|ず)|できん|れませ|れな[いくか]|ませんでした|なかった|ません|ないまま|"
    r"ないんで|ないので|わからな|分から|わからん|分からん",
    "repeats": r"毎回|毎朝|毎日|毎週|毎月|毎度|たび|度に|また|何度|何回|何遍|しょっちゅう|いつも|"
    r"いつまで|まだ|ずっと|[二三四五六七八九十\d]+(?:回|度|件|日|"
    r"人)(?:も|目)|今週だけ|先週から|まただ|相変わらず|いまだに|未だに",
    "lost_in_it": r"わかりにく|分かりにく|わかりづら|分かりづら|見にく|見づら|迷[いうっ]|探[すしせ]|"
    r"どこ(?:にある|を見|だか|が何)|ややこし|複雑|ちんぷんかん|戸惑|"
    r"混乱|使いにく|使いづら|面倒|めんどう|煩雑|意味が",
    "bad_feeling": r"困[っりる]|迷惑|腹[がの立]|怒[っらりる]|いらいら|イライラ|うんざり|がっかり|残念|"
    r"ひど[いく]|勘弁|最悪|つら[いく]|辛[いく]|しんど|疲れ|"
    r"泣[いきく]|恥|謝[っり]|叱ら|苦情|クレーム|不満|不便|信じられ|情けな|呆れ|あきれ|限界|嫌[にで気]|"
    r"立場が|冗談",
    "cost_of_it": r"手作業|手で|手書き|手入力|手計算|打ち直|入れ直|やり直|書き直|付け直|電卓|紙に|紙で|"
    r"二度手間|手間|残業|徹夜|夜中|休日|日曜|土曜|"
    r"[\d一二三四五六七八九十]+(?:時間|分|日間|日がかり)|半日|一日(?:がかり|中|仕事)|待[たちつっ]|その間|"
    r"エクセル|転記|目視|結局",
    "wish": r"ほしい|欲しい|欲しかっ|ほしかっ|欲を言え|いただけ(?:る|ない|ませ|れば|たら|まし)|"
    r"もらえ(?:る|ない|ませ|れば|たら)|できると|できたら|できれば|できるように|"
    r"できないか|れば(?:いい|良い|助か|うれし|嬉し|あり|なあ|な。|完璧|言う)|"
    r"たら(?:いい|良い|助か|うれし|嬉し|あり|なあ|な|どんな)|といい|と(?:助か|うれし|嬉し|ありがた|便利|"
    r"楽)|要望|検討|追加|対応して|してくれ|つけて|付けて|作って|願い|"
    r"希望|せめて|いっそ|なんとか|なりません|ならな[いか]|あってもいい|もう少し|もうちょ|惜し|物足り|"
    r"あれば|ないものか|ないでしょうか|ませんかね|機能",
    "how": r"どこ(?:を|から|に|で|です|か|の)|どう(?:や|した|すれ|し|いう|操)|どの(?:画面|ボタン|"
    r"メニュー|項目|設定|よう)|方法|やり方|仕方|手順|教えて|教え|"
    r"ご教示|何を|どれ(?:を|が|です)|どちら|いつ(?:まで|から)|ですか|ますか|でしょうか|んですか|知りた|"
    r"伺い|確認した|設定|操作|変え(?:る|たい|方)|見方|使い方|出し方|直し方",
    "mark": r"[?？]|か[。?？]|かね[。]?|でしょう",
    "price": r"円|万|料金|価格|値段|値上|高[いくか]|安[いくか]|割高|割引|費用|予算|コスト|見積|金額|課金|"
    r"請求|お金|年額|月額|単価|出費|財布|無料|ただで|初期費|支払|"
    r"払[うっいえ]",
    "terms": r"契約|縛り|しばり|年契|更新|解約|違約|最低|期間|乗り換え|乗換|入札|相見積|比較|他社",
    "gatekeepers": r"社長|部長|課長|役員|専務|常務|理事|院長|所長|店長|本部|本社|経理|総務|情シス|"
    r"情報システム|上(?:が|の者|に|は)|稟議|決裁|承認|会議|監査|"
    r"審査|規程|規則|法務|個人情報|セキュリティ|クラウド|サーバ|親会社|組合|税理士|社労士|弁護士|家族|"
    r"女房|親父",
    "doubt": r"不安|心配|怖[いく]|恐[いくれろ]|ネック|懸念|抵抗|躊躇|ためら|迷[っいう]|悩[みむんま]|"
    r"引っかか|ひっかか|渋[いっりる]|尻込|腰が引|二の足|踏み切|踏ん切|"
    r"自信が|大丈夫(?:か|な|です)|本当に|もし|万が一|いざ|どうも|正直|ちょっと|難し[いく]|厳し[いく]|"
    r"きつ[いく]|無理|つぶれ|責任|リスク|気が(?:重|進)|頷け|首を|腑に|"
    r"うーん|ただ[、ね]|なあ[。]|もったいな|時期尚早|今すぐ|来年|来期|見送|様子見",
    "people_resist": r"年配|年寄|高齢|ベテラン|古株|職人|パート|アルバイト|現場|若い|世代|スマホ|"
    r"ガラケー|嫌が|反発|反対|反乱|文句|へそ|拒否|慣れ|覚え|苦手|"
    r"使いこな|使えるか|触[らっり]|入力して(?:く|も)|やめ(?:る|たい|られ)|辞め|見張|監視|習慣|"
    r"これまで通り|今まで通り|昔から|ずっと紙|ついて(?:い|こ)",
    "effort": r"移行|移[すしせ]|引っ越し|引越|乗せ換|入れ替|切り替|教育|研修|導入|立ち上げ|登録し直|"
    r"初期設定|準備|繁忙|忙し|人手|手が(?:足|回)|時間が(?:な|取)|"
    r"余裕が|二本立|並行|連携でき|つながら|繋がら|専任|担当者が(?:い|お)",
    "incumbent": r"今の(?:まま|やり方|もの|ので|システム|ソフト)|今ので|エクセルで|紙で(?:十分|足り|回)|"
    r"ホワイトボード|ノートで|間に合って|足りて|困って(?:い)?な|"
    r"十分|回って|自前|自社で|タダ|付き合い",
    "gain": r"減[っりるら]|なくな|無くな|なくて(?:済|よ)|済[みむん]|楽に|ラクに|早く(?:な|終)|速く|"
    r"短[くい]|半分|一目|ひと目|一発|一瞬|一本(?:化|で)|まとめて|"
    r"自動|勝手に|手間が|時間が(?:浮|でき|空)|浮[いく]|元が取れ|元は取れ|ペイ|得[だでに]|回収|売上|"
    r"売り上げ|増え|防[げぐ]|見え(?:る|て|た)|見える化|わかる|分かる|"
    r"通[っり]た|間に合[うっ]|帰れ|ゼロ|一件も|ぴた|解消|改善|効果|助か[るりっ]|ありがた[いく]|"
    r"そのまま使|要らな|いらな|しなくて|せずに|だけで|できるの[がは]|できるなら|合う|"
    r"合って|ちょうど|渡りに|安心",
    "before_after": r"今まで|これまで|以前|前は|昔は|従来|去年|昨年|先月|だったのが|かかって(?:い)?た|"
    r"ていたのが|てたのが|ように(?:な[っりる])|ようになりまし|"
    r"になりまし|になって|になった|から[はに]|してから|以来|今は|いまは|今では",
    "tried": r"試用|トライアル|お試し|試し[てに]|デモ|見せて(?:もら|いただ)|触って|使ってみ|使い始め|"
    r"導入して|入れてから|入れて|実際に|先週から|一か月|ひと月|二週間|体験",
    "decides": r"決め手|決めた|決まり|理由|決定|一番(?:の|は|大き)|大きい|大き[なく]|魅力|惹か|惚れ|刺さ|"
    r"響[いき]|買[いうっ]|入れたい|使いたい|続けたい|"
    r"お願いしたい|進めたい|導入したい|それなら|だったら|だから|必要|求め|探して|条件|ぴったり|理想|"
    r"まさに|説得|納得|通り(?:ます|そう|やす)|後押し|期待|価値",
    "praises": r"助かって|助かりました|助かりま|使いやす|わかりやす|分かりやす|見やす|便利|素晴らし|"
    r"すばらし|すごい|さすが|感謝|感動|感心|満足|満点|嬉し[いくか]|"
    r"うれし[いくか]|楽し|ありがたい|ありがたく|好評|評判|気に入|好き|最高|良い|よかった|良かった|きれい|"
    r"綺麗|快適|サクサク|さくさく|親切|丁寧|完璧|安心して|信用|信頼|大したもん|"
    r"脱帽|ファン|いいですね|喜[んびば]|褒め|気持ちよ",
    "your_people": r"サポート|担当(?:の|さん|者)|営業(?:の|さん)|[ぁ-んァ-ヶ一-龥]さん(?:の|が|は|に)|"
    r"電話(?:で|口|の|し|に|を)|窓口|対応(?:が|も|"
    r"は|し|の)|説明(?:が|も|は|し|の)|返事|返信|返答|折り返|来てくれ|駆けつけ|教えてくだ|教えてくれ|"
    r"付き合って|根気|親身|スタッフ|インストラクター|研修の",
    "settled": r"直[っりし](?:て|まし|た)|解決|治[っりま]|収ま|おさま|復旧|解消し|済んだ|済みました|"
    r"もう(?:大丈夫|結構|気に|出て|困って)|以前の|昔の話|前の話|"
    r"過去|当時|あの頃|今は(?:何|もう|問題|快)|取り下げ|撤回|忘れて|対応済|改善され",
    "denies": r"問題(?:な|は?あり?ませ|は?ござ|なく)|支障(?:な|は)|ありません|ございません|一度も|"
    r"全然(?:な|平気|大丈夫)|特に(?:な|困|問題|不)|"
    r"困って(?:い)?(?:な|ませ)|困りませ|うちは(?:平気|大丈夫|問題|な|そう)|そんなこと|そういう(?:の|"
    r"こと)は|わけでは|わけじゃ|じゃな[いく]|ではな[いく]|気になりませ|"
    r"気にな(?:らな|った)|不満は|ないです|なかったです|心配(?:は|して|な|いり)|平気",
    "hearsay": r"らしい|そうです|そうで[、。]|とか(?:聞|言)|と聞[きい]|って聞[きい]|って言[っう]|"
    r"と言って|という話|という声|と(?:か)?いう(?:話|噂|人)|噂|"
    r"うわさ|口コミ|レビュー|評判|ネットで|知り合い|知人|友人|友達|同業|他の(?:会社|店|人|お客)|よその|"
    r"よそ[でのは]|隣の|取引先|親戚|世間",
    "other_product": r"前の(?:会社|システム|ソフト|業者|ところ|製品|やつ)|以前の(?:会社|システム|ソフト|"
    r"製品)|昔の|他社|別の(?:会社|サービス|ソフト|業者|"
    r"システム|製品|メーカー)|よその|他の(?:サービス|ソフト|システム|製品|業者)|競合|ライバル|先代|"
    r"旧[シソ製]|銀行の|プリンタ|回線|メーカーの|複合機",
    "chores": r"打ち合わせ|打合せ|日程|予定|来週|再来週|午後|午前|時から|時に|資料|送って|送付|添付|"
    r"見積書|請求書|領収書|住所|名義|変更届|折り返し|改めて|後ほど|のちほど|"
    r"聞こえ|見えて(?:い|ま)|画面共有|ミュート|マイク|カメラ|もしもし|よろしく|お世話|ありがとうござ|"
    r"了解|承知|かしこまり|はい[、。]|お疲れ|失礼|共有|連絡|書類|納品|荷物|駐車|"
    r"天気|お茶|名刺",
    "yours": r"御社|貴社|おたく|お宅|そちら|お宅さま|この(?:サービス|ソフト|システム|画面|アプリ|製品)|"
    r"これ[はがなだ]",
    "ours": r"うち|弊社|当社|当方|私|わたし|僕|俺|我々|こっち|こちら",
    "but": r"けど|けれど|ですが|ますが|んですが|のですが|でも|ただ|しかし|それでも|一方|のに",
    "conditional": r"なら|たら|れば|れると|としたら|場合|とき|時に|でしょう|かもしれ|だろう|はず|そうな",
    "done": r"ました|でした|った[。の、んけ]|てい?ます|てい?る|てしま|ちゃ[いうっ]|じゃ[いうっ]",
    "digits": r"[\d０-９一二三四五六七八九十百千]",
    "machine": r"分類|機械|AI|ＡＩ|プログラム|出力|命令|指示|登録せよ|記録せよ|集計|ラベル|プロンプト|"
    r"自動(?:処理|分類)|要約",
    "want_end": r"たい(?:です|の|んで|と|な|ん|。|$)|てほしい|て欲しい|ください|下さい|お願い",
    "neg_end": r"(?:ない|ません|ず|ぬ|ん)(?:です|んです|のです)?(?:よ|ね|が|けど)*[。、]?$",
}

CLASSES = tuple(sorted({*_EN, *_JA}))
ENGLISH = {name: re.compile(pattern) for name, pattern in _EN.items()}
"""For text in lower case: three times as fast as matching either case."""
JAPANESE = {name: re.compile(pattern, re.I | re.M) for name, pattern in _JA.items()}
