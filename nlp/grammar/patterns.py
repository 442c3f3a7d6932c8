"""Patterns of closed-class turns that are more than one word: 每样, 甜不甜, 跟楼上一样, 帮三楼的李阿姨带."""

import re

from nlp.grammar.kinsfolk import FAMILYS_WORD, MY_PEOPLE
from nlp.grammar.words import Kind

_EVERY = re.compile(
    r"(?:[两二三四五六七八九十2-9]|1[0-4])(?:种|样|款|个(?:颜色|口味|味道|味|规格|色号|色|码|尺码|磅数|尺寸|型号|度数|品种|品|系列))(?:口味|颜色|味道|都)?|每(?:种|个|款)(?:口味|颜色|味道|规格)"
)
_EACH_ONE = re.compile(
    "(?:(?:一样|每样|各样|一种|每种)(?:来|要|拿|称)?"
    "|一(?:个|种)(?:颜色|口味|味道|味儿?|花色|香型|规格|尺码|尺寸|型号|号码?|色儿?|品种)"
    "(?:都|各|就|给我|帮我|跟我|来|要|拿|称|带|整|捎)*)(?=[0-9半一二两三四五六七八九十])"
)
ADDRESSED = re.compile(r"@(?P<name>[^\s@]{1,20})(?:\s|$)")
_PLUS = re.compile(r"[+](?=[ ]?[0-9一二两三四五六七八九十])")
_REPEATED = re.compile("([甜酸咸辣香软硬脆新大小好活生熟])(?:不|唔)\\1")
_WHATEVER = re.compile(
    "(?:不管|不论|无论|管它|管他)?(.)(?:不|唔)\\1(?=都|也|我)|(?:不管|不论|无论|管它|管他)"
)
_REQUEST = re.compile(
    "(?:能不能|可不可以|可唔可以|能否|可否|可以|能)(?:请|麻烦)?(?:帮我|给我|替我|帮|把我|把)|(?:能不能|可不可以|可唔可以|能否|可否|可以|能)(?=取消|改成|改为|换成|少要|减|加[0-9一两二三])"
)
_GIVE = re.compile("(?:给我|给俺|给咱|俾我|畀我)(?=[0-9一两二三四五六七八九十俩仨])")
_CARRY = re.compile(
    "(?!切一切|搬一搬|提一提|来一来|走一走)"
    "(?:[走切搬扛跟拎端割抱提来斩剁捞舀秤扯摘盛备薅]|(?<![0-9一二三四五六七八九十])点)"
    "(?=[0-9一两二三四五六七八九十俩仨])"
)
_MEASURES = "份单条箱盒袋瓶包斤扎罐件只套支张把双板块根桶提卷杯碗枚壶盆束棵颗片台盏串朵盘樽篮筐捆"
_THAT_ONE = re.compile(
    f"我?[那这嗰𠮶](?:行|些|款|样|[{_MEASURES}])(?![0-9一两二三四五六七八九十])"
    "|[那这嗰𠮶](?:个|种|款)?(?:口味|味道|颜色|规格|尺码|尺寸|型号|牌子|包装)"
    "|(?<=[\u4e00-\u9fff])装(?=的|吧|$|[ ,。])"
)
_POINTS = re.compile("[0-9一二三四五六七八九十百千]+多?分(?!钟|之|享|开|别|给|装)")
_MEANT = re.compile("我(?:要|订|买|定|下)的是")
_DONE = re.compile(
    "(?:抢|卖|拍|吃|用)(?:完|光)|(?:买|订|定|吃|拿|收|用|囤|喝|食|抢|下|送|带|发|搬|取|抓|付|整|团|漏|碎|坏|烂|破|剩|放|泡|炫|炒|做)(?:了|过|咗|掉|(?<![送放带发搬])到|到了)(?!吗)"
)
TAKEN_OUT = re.compile(
    "(?:把|将)[^ ,。!?\\n]{1,10}?(?P<deed>去了|去掉|拿了|划了|勾了|退了)(?=吧?(?:$|[ ,。!哈啊]))"
)
"""把玉米去了: gives up what stands between."""
LIKE_WHOM = re.compile("(?:跟|和|同|照)")
_ME_TOO = re.compile("[我俺]也(?=[+0-9一二两俩三四五六七八九十来要拿加订买定带整搞跟囤]|$|[ ,!。])")
_MINUS = re.compile("(?<=[A-Za-z\u4e00-\u9fff ])-(?=[1-9](?![0-9]*-))")
_LIKE_SOMEBODY = re.compile(
    "就?(?:跟|和|同|照)[^ ,，。0-9]{1,8}?(?:一样|一模一样|一致)的?(?:配置|搭配|量|数量|套餐|单子)?"
    "(?=$|[ ,，。!！吧啊哈呀啦]|(?:也|再)?(?:给我|帮我|跟我)?"
    "(?:来|要|整|拿|订|搞|弄|加|带|留|记|报)(?:一[套份单]|个|$))"
)
_TIMES = re.compile("[xX](?=[0-9])|[*](?= ?[0-9一二两三四五六七八九十])")
PROXY = re.compile(
    "(?:帮|替|给|俾|畀|代)(?!我|俺|咱|自己|个)[^ ,，。!！?？\\n]{1,8}?"
    "(?=也?(?:带|买|订|定|拿|来|留|捎|报|下|整))"
)
_RELATIVE = re.compile(
    "(?:买|订|定|拿|抢|吃|带|收)的(?=[那这0-9一二两三四五六七八九十])|(?:寄|送|背|拎|搬|运|发|扛|带|拿|买)(?:来|回)(?=了?[0-9一二两三四五六七八九十])"
)
_OF = re.compile("(?:要|来|买|订|定|带|拿|囤)的(?!是|$|[ ,!吧啊哦呀])")
_FINAL_QUESTION = re.compile("(?:不|没|没有|冇|否)(?:啊|呀|呢|哦)?(?= |$|[,，。?？\n\\[])")
STICKER_LIKE = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u3030\u303d]+")

_ONE_BY_ONE = re.compile("(一[\u4e00-\u9fff])\\1(?!半)")
_YOU_DO = re.compile("你(?:给|帮|替|同|俾)我?(?=[来留拿带记加订整称报搞弄捎0-9一二两三四五六七八九十])")

_ME_TOO_LATIN = re.compile("me ?too(?![a-z])", re.IGNORECASE)
ENOUGH = re.compile(
    "(?:就|才)?够(?:了|啦|哒|咯|喽|哉)?(?=$|[ ,。!吧啊])"
    "|[才就]够(?:分|吃|用|喝|装|穿|敷)[^ ,。!?]{0,6}(?=$|[ ,。!吧啊])"
)
"""Behind a count: no more than that."""
TOO_MANY = re.compile("(?:太|是|有点)?多了(?:点|些)?(?=$|[ ,。!吧啊])")
"""Behind a count: what comes next is what is wanted."""
_ASKED_IN_YUNNAN = re.compile("[咯格](?=够|有[^额嘅]|能|会|得行|好吃|新鲜)")
_SAID_BEFORE = re.compile(
    "(?:刚才|刚刚|刚|头先|先前|前面|之前)(?:说|讲|订|定|要|报|写|点)(?:的是?|了|咗)?(?=[0-9一二两三四五六七八九十半俩仨])"
)
_LIKE_THIS = re.compile(
    "照(?:这个|这样|着|这)?(?:来|配|要|下|整|订|买|拿|带|抄)(?:一[份套单])?"
    "|(?:照|按|按照)(?:着|到|住)?(?:她|他|你|佢|楼上|上面|前面|这位|那位)(?:家|姐|哥)?的?(?:那份|单子|那个|这个|样子)?"
    "(?=(?:也|再)?(?:给我|帮我|跟我)?(?:来|要|整|拿|订|搞|弄|配|抄|下|记))"
)
_ABOVE = re.compile(
    "(?:楼上|上面|上边|前面|上一条|上条)(?:那位|这位|的)?(?:刚才|刚刚|刚)?(?:说的|要的|订的|买的|报的|定的|拿的|点的|的)?"
    "(?:这个|那个|这款|那款|这种|那种|这样)?(?<![楼上前][上面边条])"
    "(?=[ ,]?(?:我?[也加+]|给我|帮我|跟我|来[0-9一两半]|我[来要加0-9一两]))"
)
_LEFT_BY = re.compile(
    "(?:(?!我|俺|咱)[^ ,，。0-9]{1,4}?)?(?:不要|退|退掉|(?:退|空|让|匀|多)出来|退回来|剩|剩下|余下)的"
    "(?=[那这0-9一二两三四五六七八九十])"
)
_VERBS = "来称带留捎加订定记报装搞弄整拿买备捡选挑割剁"
_COUNT_NEXT = "(?:上|点|个)?[0-9一二两三四五六七八九十半几俩仨]"
_TO_ME = re.compile(
    "(?:跟|把|和|同)(?:我|俺|咱)们?(?:家|屋里|屋)?"
    f"(?=(?:也|再|先|都|就|还)*(?:[{_VERBS}]{_COUNT_NEXT}|[加记报留写补](?:上|到|起|下|个|袋|盒|包|箱|斤|瓶|份)))"
)
"""跟我加一盒: along the Yangtze 跟 and 把 are 给."""
_TO_SOMEBODY = re.compile(f"(?:跟|把)[^ ,，。我俺说讲问聊抢比学样]{{1,6}}?(?=也?再?[{_VERBS}]{_COUNT_NEXT})")
_TOLD_TO = re.compile(
    "(?:喊|叫|让|托|请|求|拜托|嘱咐|吩咐|央|催)(?:我|俺|咱)(?:也|再|先|都|顺便|顺带|一起|务必|一定|赶紧|快)*"
    "(?=[帮替给跟来带买订定报拿捎加留接拍抢囤要称])"
)
_IF_THERE_IS = re.compile(
    "有(?:么|末|嘛)(?=就?(?:帮|给|跟|替|同|留|来|要|称|带|记|拿|加))"
    "|还?有(?=[0-9一两二三四五六七八九十]{1,2}[^ ,。0-9]{1,6}的话)"
)
TOOK = re.compile(
    "(?=就?(?:给|归|让给|留给|算)(?:我|俺|咱|偶)(?:了|啦|喽|咯|哈|吧|呗|呀)?(?:$|[ ,，。!]))"
    "|(?=(?:我|俺|偶|咱)(?:就|都)?(?:要|收|包|接|来)(?:了|啦|喽|咯|走了)?(?:$|[ ,，。!吧]))"
)
"""Behind 那盒: that one is taken."""
_KEPT = re.compile("(?:我|俺|自己|自家|我家|我们)(?:就|只|先|还)*留(?=[0-9一二两三四五六七八九十半俩仨])")
"""我留一袋: of what was ordered so much stays."""
_MAKES_UP = re.compile(
    "凑(?:个|成|够|满|一)?[0-9一二两三四五六七八九十]{1,3}(?:个|块|元|件|样)?(?=$|[ ,。!吧啦])"
)
_NEVER_HAD = re.compile("(?:还|从来|都)?没(?:有)?(?:吃|喝|买|用|尝|试|订)过")
_BUY_GET = re.compile("买[一二两三四五六1-9][^ ,。0-9]{0,2}[送赠]")
_WHO = re.compile("的[那这](?:个|位|些|家|户)(?=人|大|姐|哥|阿|叔|老|女|男|小|邻|宝)")
_SIDE = re.compile(
    "(?:我|俺|咱|她|他|(?:我|她|他)?(?:老?[公婆爸妈姐妹哥弟叔姨奶爷舅姑嫂]|儿子|女儿|闺女){1,2})们?家?[这那]边"
)
_ANOTHER = re.compile("另(?=[一1那])")
_WHY_NOT = re.compile("不([要拿买吃领带])白不\\1")
_BODY = re.compile(
    "(?:身高|体重|腰围|胸围|臀围|脚长|个头|个子)(?:是|大概|差不多|有)?[0-9一二两三四五六七八九十百.]+"
    "(?:米[0-9一二三四五六七八九]{0,2}|尺[0-9一二三四五六七八九]?|公?斤|cm|公分|厘米|kg|多)?(?:左右)?"
)
"""身高160体重110斤: measures of who will wear it."""
_WEARS = re.compile("(?:穿|戴)的?是?(?=[SMLXsmlx0-9])")
_LESS_BY = re.compile(
    "[去匀](?=[0-9一两二三四五六七八九十俩仨][^点次趟年天楼号栋年月])"
    "|[让吐](?=[0-9一两二三四五六七八九十俩仨]{1,2}[^0-9点次趟年天楼号栋年月]?出来)"
)
_UP_TO = re.compile(
    "(?:给我|帮我|同我|替我|跟我)?(?:都|再|先)?(?:加|凑|添|补|减|降|升|提)(?:到|够|成|满)(?=[0-9一两二三四五六七八九十俩仨])"
)
"""给荠菜加到四斤: what is named is the sum."""
_TOO_MANY = re.compile("[要订定买拍下点写记报说加打]多(?:了|咗|啦)(?![0-9一二两三四五六七八九十])")
_NOT_SO_MANY = re.compile(
    "(?:不用|不必|不需要|用不着|用不了|唔使|别要?)(?=[0-9一二两三四五六七八九十俩仨](?!直|点|会|下|个人|样|起|般))"
)
_USED_BY = re.compile(
    "(?:一|每|[0-9]+)(?:天|日|次|顿|餐|晚|早|周|回|个?人)(?:就|只|能|可以)?[吃喝用泡敷洗抹嚼]"
    "[一二两三四五六七八九十0-9半][^ ,。]{1,2}的"
)
"""一天吃一小包的: which one, by how it is used."""
_PACKED_SO = re.compile(
    "(?:就?是)?[0-9一二三四五六七八九十]{1,3}[^ ,。0-9一的]{1,2}一[^ ,。的](?:的|装的?)(?:那种|那个|那款)?"
)
"""十卷一提的那种: which one, by what it holds."""
_YOU_ORDER = re.compile("(?:那|咁|噉)?[你侬恁](?:们|家)?(?:订|买|囤|下单)了?(?=[0-9一两二三四五六七八九十])")
"""那你订10斤小米: what somebody else wants."""
_NO = re.compile("(?:[啊哎哦噢呃额诶唉喔]|哎呀|啊呀)不(?:不|对)?(?=[ ,。!]|$)|不不不?(?=[ ,。!]|$)")
_I_SAID = re.compile("我(?:的意思|说的?|讲的?|写的?|想说的?)(?:是|系)(?=[^吗呢?]*$)")
_JUST_THAT = re.compile("(?:刚才|刚刚|刚)(?:说的?|要的?|订的?|买的?|点的?)?[那\U00020bb6嗰](?:个|种|款|样)")
_DARES = re.compile("(?:那|咁|噉)(?:就|我|俺)*(?:敢|可以放心|放心)(?:买|要|下单|入手?|囤|订|定)(?:了|啦|咯)")

_REMAINDER = re.compile(
    "(?=[^ ,。!?]{1,9}?[我俺])(?:还)?(?:剩|余)(?:下|低|落)?(?:来|嚟)?"
    "(?:的|嘅|滴|几[^ ,0-9我]{1,2}|多少[^ ,0-9我都全]?|[𠮶嗰那这]?(?:啲|些|点))?(?:货|量)?"
    "(?:我|俺|咱)?(?:们|家)*(?:就|也|全部|全|都|通通|统统)*"
    "(?:归我|归俺|给我|让给我|留给我|俾我|畀我|算我的?|包圆儿?|包|要|收|端|我全?要)"
    "(?:了|啦|晒|走|下|咯|喽|吧|呗|哈)*(?=$|[ ,。!🌀-🫿])"
)
"""剩几盒我全包了, 剩下的都给我."""

PATTERNS = (
    (_DARES, Kind.WANT),
    (_TOO_MANY, Kind.EXCESS),
    (_NOT_SO_MANY, Kind.NOT),
    (_USED_BY, Kind.SOFT),
    (_PACKED_SO, Kind.SOFT),
    (_YOU_ORDER, Kind.DONE),
    (_NO, Kind.WRONG),
    (_I_SAID, Kind.WRONG),
    (_JUST_THAT, Kind.THAT),
    (_REMAINDER, Kind.REMAINDER),
    (FAMILYS_WORD, Kind.FOR),
    (MY_PEOPLE, Kind.SELF),
    (_WEARS, Kind.SOFT),
    (_BODY, Kind.SOFT),
    (_WHY_NOT, Kind.SOFT),
    (_ANOTHER, Kind.MORE),
    (_ASKED_IN_YUNNAN, Kind.QUESTION),
    (_WHO, Kind.OTHER),
    (_NEVER_HAD, Kind.SOFT),
    (_BUY_GET, Kind.HABIT),
    (_SIDE, Kind.PLACE),
    (_KEPT, Kind.SET),
    (_MAKES_UP, Kind.SOFT),
    (_LEFT_BY, Kind.THAT),
    (_ABOVE, Kind.ME_TOO),
    (_TO_ME, Kind.SELF),
    (_TO_SOMEBODY, Kind.FOR),
    (_TOLD_TO, Kind.FOR),
    (_IF_THERE_IS, Kind.COND),
    (_ME_TOO_LATIN, Kind.ME_TOO),
    (_LESS_BY, Kind.LESS),
    (_UP_TO, Kind.SET),
    (_SAID_BEFORE, Kind.NOT),
    (_LIKE_THIS, Kind.SAME),
    (_YOU_DO, Kind.FOR),
    (_ONE_BY_ONE, Kind.SOFT),
    (_EVERY, Kind.EVERY),
    (_EACH_ONE, Kind.EACH),
    (_WHATEVER, Kind.SOFT),
    (_REPEATED, Kind.QUESTION),
    (_REQUEST, Kind.REQUEST),
    (_CARRY, Kind.WANT),
    (_GIVE, Kind.WANT),
    (_THAT_ONE, Kind.THAT),
    (_POINTS, Kind.POINTS),
    (_MEANT, Kind.PAST),
    (_DONE, Kind.DONE),
    (_RELATIVE, Kind.DONE),
    (_OF, Kind.THAT),
    (_FINAL_QUESTION, Kind.QUESTION),
    (_PLUS, Kind.PLUS),
    (_MINUS, Kind.LESS),
    (_ME_TOO, Kind.ME_TOO),
    (_LIKE_SOMEBODY, Kind.SAME),
    (_TIMES, Kind.WANT),
)
"""In the order in which they are tried."""

REPEATING = tuple(pair for pair in PATTERNS if "\\1" in pair[0].pattern)
"""Those that say a character twice: no part of the one below."""
ANY_PATTERN = re.compile("|".join(f"(?i:{one.pattern})" for one, _ in PATTERNS if "\\1" not in one.pattern))
"""Whether any of the others is there at all: one look where there were twenty."""
