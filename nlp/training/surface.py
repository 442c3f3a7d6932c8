"""How a message looks: addresses, thanks, signs, pictures, slips of the finger.

All of it is added at random and evenly over the labels, because writers differ in such habits and a model that
learned them would know the writer and not the intent.
"""

from functools import cache
from random import Random

from nlp.homophones import alike
from nlp.intents import asks

_ADDRESSES = "团长 老板 姐 小团 @小团 @团长 亲 你好 您好 请问 美女 群主 团长姐姐 哈喽 那个 麻烦 hello 团长好 喂".split()
_TAILS = "哈 哦 啊 呀 呢 哈哈 噢 啦 吖 ~ ! !! 。 ... 哟".split()
_THANKS = "谢谢 谢谢团长 谢谢啦 辛苦了 麻烦了 多谢 🙏 感谢 拜托 谢谢老板 辛苦团长".split()
_PICTURES = "[捂脸] [玫瑰] [呲牙] [流泪] [抱拳] [强] [偷笑] 😂 🌹 😭 👍 😊 🤣 🥰 [旺柴] 🙏 [OK]".split()
_BREAKS = (" ", " ", " ", ",", ",", "，", "。", "\n", "、", "  ")


def dressed(text: str, random: Random) -> str:
    """The text as one of many hands would type it."""
    asking = asks(text)
    text = _slipped(_broken(text, random), random)
    if random.random() < 0.1:
        text += random.choice(_TAILS)
    elif asking and random.random() < 0.35:
        text += random.choice("??？")
    if random.random() < 0.14:
        text = random.choice(_ADDRESSES) + random.choice((" ", " ", ",", "")) + text
    if random.random() < 0.08:
        text += random.choice((" ", " ", ",", "")) + random.choice(_THANKS)
    if random.random() < 0.08:
        text += random.choice(_PICTURES) * random.choice((1, 1, 2))
    return text


def _broken(text: str, random: Random) -> str:
    """Written breaks become any sign or, as in dictated text, none."""
    if random.random() < 0.15:
        return text.replace(" ", "")
    return "".join(random.choice(_BREAKS) if character == " " else character for character in text)


def _slipped(text: str, random: Random) -> str:
    """A character that sounds alike here and there, or one lost; short messages stay as they are."""
    if len(text) < 5 or random.random() < 0.85:
        return text
    place = random.randrange(len(text))
    if not "\u4e00" <= text[place] <= "\u9fff":
        return text
    like = _alike(text[place])
    if like and random.random() < 0.7:
        return text[:place] + random.choice(like) + text[place + 1 :]
    return text[:place] + text[place + 1 :] if len(text) > 7 else text


@cache
def _alike(character: str) -> str:
    return "".join(one for one in _FREQUENT if one != character and alike(one, character))


_FREQUENT = (
    "的一是不了在有我他这个们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如"
    "事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进"
    "此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界"
    "门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何度山"
    "觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢病始达深完今提求清王化空业思切怎非找片罗钱吗语元喜曾离飞科言干流欢约各"
    "即指合反题必该论交终林请医晚制球决传画保读运及则房早院量苦火布品近坐产答星精视五连司巴奇管类未朋且婚台夜青北队久乎越观落尽形影红爸百令周"
    "吧识步希亚术留市半热送兴造谈容极随演收首根讲整式取照办强石古华谢退换收签到积兑推荐单订团货提烂坏漏赔"
)
