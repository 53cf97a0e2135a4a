"""Small words by which one tells languages apart, for `koe.language.foreign`."""

__all__ = ["CHINESE", "CHINESE_WORDS", "NAMELIKE", "OWN", "SIMPLIFIED", "TELLING"]

_ENGLISH = """
the and you that this these those with have has had having not but our your their they them from when what
how would there which who whom whose if would could should does did been being than then into about after
before because since while where why we're i'm it's don't can't doesn't didn't isn't it its my mine us of is
are were here only some any very much more most other another each every both again still already never
always once however please thanks thank hello hi dear can cannot may might must shall need needs want get
gets got i we he she his to for at see be by out up down off just like make made new now today yesterday
work works working
"""
_ROMAN_JAPANESE = """
desu deshita desuka masu masuka masen mashita kudasai onegai onegaishimasu shimasu shimashita arimasu
arimasen arigatou arigato gozaimasu sumimasen dekimasen dekinai kono sore kore wa ga wo ni kara node kedo
nai shite suru
"""
OWN = frozenset((_ENGLISH + _ROMAN_JAPANESE).split())
"""Words of English, and of Japanese in Latin letters, that are common there and hardly stand elsewhere."""

_TELLING = {
    "de": """
    aber als auch auf aus bei bekomme bis bitte dann dass daß doch dürfen durch ein eine einem einen einer
    eines es für funktioniert geht gibt haben habe hallo ich ihnen ihr ihre ihrem ihren immer ist jetzt
    jeden kann kein keine können könnten leider mehr mein meine mich mir mit möchte möchten muss müssen nach
    nicht nichts noch nur ob oder ohne schon sehr seit sich sie sind sondern um und uns unser unsere unserer
    unserem unseren vielen vom von vor warum wegen weil wenn werden wie wieder wir wird wo wurde wurden zum
    zur über
    """,
    "fr": """
    afin ai alors après au aux avec avez avons bonjour bien ce cela ces cet cette chez comme dans depuis
    dois donc elle elles encore est et été être faire fait il ils je jour leur leurs lors lorsque ma mais
    merci mes moi mon même nos notre nous où par pas pendant peut peux plusieurs pour pourquoi pouvez
    pouvons qu quand que quel quelle qui quoi rien sans ses si sommes sont suis sur toujours très tous tout
    toute trop une vos votre vous voudrais ça était à c'est
    """,
    "es": """
    ahora al algo antes aquí aunque ayer ayuda buenas buenos cada como cómo con cuando cuándo cual desde
    dónde donde ella ellos entre es esa ese eso esta está están estamos este esto estoy favor fue gracias ha
    hace hacer han hasta hay hemos hola la las le les lo los luego más me mi mis mucho muy nada ni nos
    nosotros nuestra nuestro nuestros o para pero poder podemos por porque pueda puede pueden puedo que qué
    quiero se sea ser si sido siempre sin sobre solo son su sus también tan tenemos tengo tiene tienen todo
    todos una unos usted ustedes ya
    """,
    "it": """
    abbiamo adesso alla alle anche ancora avete buongiorno buonasera che chi ci come con così cosa dal dalla
    dei delle di dopo dove e è essere fare fatto già gli grazie ha hanno ho il invece loro ma mi mia mio
    molto ne nel nella nessun nessuno nei noi non nostra nostri nostro ogni oppure per perché però piu più
    poi possiamo possibile posso potete può qual quale quando quello questa questo questi quindi salve
    sarebbe se sempre senza si sia siamo sono stata stato sul sulla tra troppo tutti tutto un una vi voi
    vorrei
    """,
    "pt": """
    agora ainda além alguém aos após as até bom boa cada com como conseguimos consigo consegue da depois
    desde disso ele eles em entre era essa esse está estamos estão estou eu fazer foi foram gostaria há isso
    isto já lhe mais mas me mesmo meu minha muito muita na não nas nem nenhum nos nossa nosso nossos nossas
    num numa o obrigada obrigado olá onde os ou para pela pelo pode podem podemos por porque posso
    precisamos preciso quando que quem qual quero se sem sempre ser seu seus só sobre sua são também tão tem
    temos tenho têm toda todo todos tudo um uma vez vocês você à às é
    """,
    "nl": """
    aan al alles alleen alstublieft altijd ben bij bijna dan dat deze dit door een en eens er erg gaat geen
    goed graag hallo heb hebben heeft heel het hier hij hoe hun iedere ik ons is je jullie kan kunnen kunt
    maar meer met mij mijn moet moeten na naar niet niets nog nu om onder ons onze ook op over sinds steeds
    te tegen tijdens toch tot uit uw van veel voor vraag waar waarom wanneer wat weer wel wij willen worden
    wordt zal zeer ze zich zijn zonder zou
    """,
    "sv": """
    alla allt är att av blir både dem den denna det detta där efter ej eller en ett finns från får för går
    gör gärna hade han har hej hela hur här i igen igår inga ingen inget inte ja jag kan kunna med mellan
    men mer mig min mitt mot måste mycket när nu nya också och oss på sedan sig skulle som så tack till
    under upp ut utan vad var vara varför varje vid vi vill vilket vår våra vårt åt över
    """,
    "da": """
    af aldrig alle alt at bare blev blevet blir blive bliver brug da de den denne der deres det dette dig
    efter eller en er et fra få får før for gang gør går ham han har hej hele hun hva hvad hver hvis hvor
    hvordan hvorfor igen ikke ikkje ingen intet ja jeg kan kun kunne lige mange med meg meget men mer mere
    mig min mye må når nå noe noen noget nogen nu og også om op oss over på sammen siden sin skal skulle som
    så tak takk til ud uden ut var ved vi vil ville vores vår være været å
    """,
    "fi": """
    ei eivät emme en että hei ja jo jos joka jälkeen kaikki kanssa kiitos koska kuin kun kuinka kyllä
    kuitenkin meidän meille meillä me mikä miksi miten minun mitä mukaan mutta myös nyt ole olemme olen oli
    olisi on ovat pitää sekä se sen siis siitä sitä tai tämä tämän vain vaan vielä voi voiko voimme voitteko
    voisitteko hyvä hyvää päivää aina eilen enää ennen
    """,
    "pl": """
    ale albo bardzo bez być był była było by co czy czyli dla dlaczego do dziękuję dzień dobry dzisiaj gdy
    gdzie go ich ile im jak jako jest jestem jesteśmy jeszcze jeśli już kiedy każdy która które który
    których ma mam mamy mi mnie można możemy może mogę na nam nas nasz nasze naszej nie nic niż od oraz pan
    pani państwa państwo po pod ponieważ proszę przed przez przy się są ta tak także tego tej ten to tu
    tylko tym u więc wszystko wszystkie w z za ze że żeby
    """,
    "cs": """
    aby ale ani asi až bez bude budou by byl byla bylo být co dobrý den děkuji děkujeme do dnes i jak jako
    je jeho jejich jen jsem jsme jsou jste již k kde kdy když která které který máme mám mezi mi moc může
    můžete můžeme na nám nás naše nebo není nelze než nic od po pod podle pokud prosím pro proč proto před
    přes při se si stále také tak tato ten tento to toto tu už u v vám vás ve všechno však z za ze že
    """,
    "hu": """
    a az azt az ahol akkor amikor amit annak azonban be csak de egy el ez ezek ezt és fel hanem hogy hogyan
    ha igen is itt jó kell kellene kérem kérjük kérném köszönöm ki le lehet már még meg mert mi mikor miért
    minden mint most nagyon napot nekem nekünk nem nincs olyan ott sem sajnos semmi szeretném tegnap tud
    tudok tudom tudunk után vagy vagyok van vannak volt
    """,
    "ro": """
    acest această aceste acum ai am ar are asta au aș bună ca care ce cel cine cum cu când către da dacă dar
    de din după este eu fi fiecare foarte fost fără există în încă îmi între la le mai mea mulțumesc ne nici
    noastră nostru nu o pe pentru poate putem putea prin sau se sunt si și să tot toate un unde vă zi ziua
    """,
    "tr": """
    ama ancak bana beri bile bir biz bize bizim bu bunu çok çünkü da daha de değil diye dün en eğer gibi
    göre hala halen hem her hiç için ile iyi ise kadar kez ki mı mi mu mü misiniz müsünüz nasıl ne neden
    nerede o olan olarak oldu olduğu oluyor olur onu sadece sanki siz sizin sonra sürekli şey şu teşekkür
    tüm var ve veya ya yardımcı yok yani zaman lütfen merhaba istiyoruz istiyorum alamıyorum alıyorum
    """,
    "id": """
    ada adalah agar akan apa apakah atau bagaimana bahwa baru belum bisa boleh dalam dan dapat dari dengan
    di hanya harap harus hari ini itu jadi jika juga kalau kami karena kerana ke kembali kenapa kepada kita
    lagi lebih masih mengapa mereka mohon oleh pada para saat saja saya sangat sebagai sebelum sedang sejak
    sekarang selalu selamat semua seperti serta setelah setiap silakan sudah supaya tapi telah terima
    terlalu tetapi tidak tiada tak tolong untuk yang kasih bukan
    """,
    "vi": """
    ai anh bạn bị bởi các cách cái cần cảm chào cho chúng chưa có của cũng đã đang đây để đến đều đi do đó
    được giúp gì hãy hay hiện hơn không khi làm là lại lên lúc lý mà mỗi một mới này nào nên nếu ngày nhưng
    những như nhiều nữa ở phải qua quá ra rất rồi sao sau sẽ số tại thể theo thì tôi trên trong trước từ và
    vẫn vào về vì việc với vui xin khong duoc toi cua nhung chung nay voi
    """,
    "tl": """
    ako akong ang ano ay ba bakit dahil din dito hindi ito iyon kami kapag kasi kay kayo ko kung lang mga mo
    na nag namin nang natin naman ng ngayon ninyo nila niya nito pa paano para pero po pong rin sa salamat
    sana sila siya tayo upang wala walang yung
    """,
}
_NAMELIKE = """
al am an as ben bin bis come con da dal dan das de dei del della delle den dem der des di die do dos du e el
em en es et hat het il im in is ja la las le les lo los ma man me na ne ni no non o on os per por san si son
st te to un und van vi vom von y zu zum zur sur aux au the ter ten min max mi go be ho ha co para mit auf op
aan over data ini com po pan pani mo men can are not so was will all at under
"""
NAMELIKE = frozenset(_NAMELIKE.split())
"""Words that stand in names, addresses and code as well: they count, and tell nothing by themselves."""
TELLING: dict[str, tuple[str, ...]] = {}
"""For each word of other languages in Latin letters those that have it."""
for _language, _words in _TELLING.items():
    for _word in dict.fromkeys(_words.split()):
        TELLING[_word] = (*TELLING.get(_word, ()), _language)

SIMPLIFIED = (
    "们这说时过还吗给让谁请问题为发车东门开关长见贝页马鸟鱼龙记计订认议讯许设访证评识诉词试话该详语误读课调谈谢护报换"
    "损购费资账货贷贸赔软输边达运进远连迟选适递邮钟钱铁银锁错键镜闭闻间队阶际阳阴难验骗续纸经结络统维编缩罗职联脑艺节药"
    "虽补观规视单丢严业丰临举义乐习书买亚产亲亿仅仓优传伤众伪侧储兰兴养军农冻净击刘则刚创删别剂剧劝办务动劳势华协卖卡卢"
    "压厅历县变启员响团园围图场块坚处复够头奖妇妈孙宁实审宽对寻导层岁岛币帐带帮应庆废录总惊户执扫扩拥择摄摆显晓晚术杀"
    "权杨极构标树样桥检欢毁毕汇汉沟测济润涨满灵热爱环现电畅疗监盘确码础种积稳穷竞笔签简类紧级纪约纲纳纷线练组细终绍绘绝"
    "继绩绪绿缓缴肤胜脸营虑蓝览"
)
"""Characters that Chinese writes and no Japanese standard has."""
CHINESE = "您你们們这這吗嗎呢吧啊很她咱哪唔嘅咗喺冇哋嘢佢请"
"""Characters that are words of Chinese sentences and of no Japanese one."""
CHINESE_WORDS = (
    "没有|沒有|[还還][没沒是能有]|什么|什麼|怎么|怎麼|怎[样樣]|为什么|為什麼|点解|點解|我[的是在想要]|請[问問您尽盡幫協]"
    "|无法|無法(?=[登使下打])|不是|可以|已[经經]|但是|因[为為]|如果|[给給][我您]|谢谢|謝謝|麻[烦煩]|尽快|盡快|[让讓]我|[时時]候"
    "|之[后後]|那[个個]|收到|登[录入]|[账帐賬帳][号號]|[发發]票|[订訂][单單]|退款|[订訂][阅閱]|客服|昨天|今天|明天|现在|每次|[帮幫]"
)
"""Words of several characters that Chinese sentences are made of and Japanese ones are not."""
