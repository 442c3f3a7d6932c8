"""Whether a text is put as a question: words that ask, yes or no, this or that, and tags."""

import re

ASKS = (
    r"[?]|[吗嘛么伐㗎](?![^\s,。!~]{2})|(?<!这|那|要|怎|什|多)么[\s?]*$|什么|啥|咋|怎(?:么|样)|咩|(?<!十)几(?!乎"
    r"|个人都)|多少|好多钱|多钱|谁(?!知|叫|让)"
    r"|哪(?!怕|像|比得)|边(?:度|个|样)|为何|点解|点(?:算|样)|(?P<x>[\u4e00-\u9fff])[不没唔勿](?P=x)|有[冇没]有"
    r"|有冇|有没得"
    r"|好久(?:[到来发截取拢]|可以|能)|[还在好行可能要会是有大甜到了得够]\S{0,4}[不没未冇][有啊呀呢]?[\s?]*$|多(?:大|重|沉|粗|厚|深|长|久|高|远"
    r"|宽)(?!了)|是(?:不是|否)|能否|可否"
    r"|(?:能|可以|会|给|有|让|包|管|收|敢|刷|用|送)[^\s,]{1,10}(?<![要是就还也都说会能])不(?=[\s,]|$)"
    r"|(?:能|可以|会|有|是|包|给|送|管|带|用|算)[^\s,一两二三0-9]{0,6}[的开得赔是货]吧(?=[\s,?]|$)"
    r"|不会(?:是|有)[^\s,]{1,8}吧"
    r"|(?P<kind>[的味色款心])(?:呢|啊)? ?还是[^\s,]{1,6}(?P=kind)|是[^\s,](?P<of>[^\s,的])[^\s,](?P=of)$"
)
_RHETORICAL = re.compile("([\u4e00-\u9fff])(?:啥|什么)\\1")
"""化啥化, 急什么急: denies it."""
_QUESTION = re.compile(ASKS)


def asks(text: str) -> bool:
    """Whether a normalised text is put as a question."""
    return _QUESTION.search(_RHETORICAL.sub("", text)) is not None
