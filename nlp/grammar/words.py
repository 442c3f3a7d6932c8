"""Closed-class words of order talk, in Mandarin and the turns of the regions. Never goods, never sentences."""

from collections import defaultdict
from enum import StrEnum
from functools import cache

from nlp.normalise import normalise


class Kind(StrEnum):
    """What a token does in a message."""

    ITEM = "item"
    QUANTITY = "quantity"
    SIZE = "size"  # a weight or volume that names a spec: 20斤的
    PRICE = "price"
    WANT = "want"
    MORE = "more"
    SET = "set"
    LESS = "less"
    DROP = "drop"
    SWAP = "swap"
    ALL = "all"
    EACH = "each"
    EVERY = "every"  # every kind: 每样 两种 三个颜色
    EXCEPT = "except"
    OTHERS = "others"
    WRONG = "wrong"
    NOT = "not"
    IS = "is"
    STILL = "still"
    SAME = "same"
    ME_TOO = "me_too"
    PLUS = "plus"
    USUAL = "usual"
    AGREE = "agree"  # 也行 就行 得啦: closes what was offered
    SELF = "self"
    FOR = "for"  # 帮 替 给: somebody else's goods or mine
    KIN = "kin"
    AND = "and"
    SOFT = "soft"  # politeness, fillers, particles
    THAT = "that"  # 那个 那种 的: joins a spec to its name
    COND = "cond"  # 有的话 还有就: a condition that is checked at once
    QUESTION = "question"
    REQUEST = "request"  # 能不能帮我: asks for a deed, not for facts
    TAG = "tag"  # 行不 可以吗: asks for leave, not for facts
    PAST = "past"
    DONE = "done"  # 买了 吃过: the deed is done
    IF = "if"
    SHARE = "share"  # pooling with somebody
    OTHER = "other"  # somebody else is the subject
    HABIT = "habit"  # 一天 每次 一人: a rate, not a count
    ABLE = "able"
    FAULT = "fault"
    POINTS = "points"
    HALF = "half"
    NOTE = "note"
    SEPARATOR = "separator"
    SPACE = "space"
    STICKER = "sticker"
    REST = "rest"


_WORDS: dict[Kind, str] = {
    Kind.WANT: (
        "要 来 买 订 定 带 拿 整 搞 弄 称 割 留 囤 拍 冲 攞 落单 捎 安排 抢 接 下单 预定 预订 订购 购买 需要 想要 想买 想订 "
        "想拿 想定 记上 记着 写上 登记 报 报名 要要 来上 来点 得要 定要 买上 定上 订上 拿上 带上 加上 加入 加个 留着 留下 留好 捎上 "
        "也来 也要 也加 也定 也订 也拿 也买 也带 整上 搞上 搞点 整点 拿下 入 收 预 代订 代买 记 写 称上 再来 再要 回购 再买 再拿 再订 再定 再带 再整 再搞 再称 再囤 再给 "
        "还要 还来 又要 又来 都要 都来 就来 就要了 先来 先要 先拿 先订 我要 匀给我 给我来 给我留 给我拿 给我加 "
        "给我带 给我订 给我记 要埋 要返 要翻 伐要 我侪要 有吧"
    ),
    Kind.MORE: "再 加 多 添 补 追加 另外 加埋 另加 多来 多要 多加 再加 又加 再添 再补 补个 加多 多拿 多订 多买 另要 还加 再多 再多来 再多要 额外 增加 翻多 多俾",
    Kind.SET: (
        "调到 升到 降到 减成 减为 改回 变 变为 数量改 数量改为 数量改成 改至 砍到 缩到 改成 改为 改做 改到 变成 改要 改拿 一共 总共 共 就要 只要 凑够 凑成 凑到 减到 加到 共要 合计 统共 拢共 改作 一共要 总共要 "
        "改成要 调成 调整为 调整成 更正为 只需要 只留 只来 只拿 就来 留 还是要"
    ),
    Kind.LESS: "砍 少 减 减掉 减少 去掉 退 退掉 少要 减去 撤 扣 匀出 少来 少拿 少买 少订 退订 撤掉 划掉 扣掉 拿掉 减返",
    Kind.DROP: (
        "不要了 不要 取消 退了 算了 唔要 唔要住 唔要啦 唔要了 删掉 删了 删除 撤了 作废 不用了 不买了 不订了 不定了 别要了 免了 莫要 莫要了 "
        "不拿了 不需要了 不来了 甭要了 唔订 唔订啦 弗要 弗要了 勿要 勿要了 不想要了 不要啦 不要咯 不要喽 不要咧 全退 取消掉 先不要 先不要了 "
        "我不要了 我不要 不带了 伐要了 伐要 要不成 不整了 别留了 别给我留了 不用留了 退订 冇要 罢了 不要嘞 拿掉 撤单 退单 撤销 撤回 清空 清掉 清零 归零 退团 弃单 弃了 放弃 不跟了 不跟团了 不算 不算了 不用给我留 不用给我留了 不用留 不用记 不用记我 不用算 不用算我 不用算我的 别算我 别算我了 别给我留 别记我 当我没订 取肖 取消吧 全撤 不要哒 不要乐 唔要喇 cancel qx quxiao 砍掉 删去 不用备 不用备了 不用发了 退出 抹掉 去了吧 拿掉吧 不要掉"
    ),
    Kind.SWAP: "-> → => 换成 换 换做 换为 调换 改 转 转成 转做 换到 调换成 替换成 换作 换个 改换 换去 改换成",
    Kind.ALL: "全部 都 全 所有 全都 通通 统统 全数 侪 冚唪唥 全体 整单 订单 我的单 我的全部 单子 下的单",
    Kind.EACH: "各 每样 每种 每个 每款 每味 各样 各来 各要 各加 各订 各拿 各再 各一 一样一 都来 都要 都加 都拿 分别 每一样 每一种 每种都 每样都 样样 逐样 各自",
    Kind.EXCEPT: "除了 除 除开 除咗 除却 除去 刨去",
    Kind.OTHERS: "其他 其它 其余 别的 剩下 余下 另外的 其他的 别个",
    Kind.WRONG: "才对 笔误 误点 按错 按错了 下错了 下错 记错 记错了 说拐了 整差了 整错了 写反了 不对 错了 打错 打错了 说错 说错了 写错 写错了 打错字 讲错 讲错咗 搞错 搞错了 打错咗 更正 更正一下 纠正 点错 弄错 看错 手滑 手抖 错咗 打错字了 报错 报错了 说岔了 口误 改下 改一下 改一改",
    Kind.NOT: "不是 唔系 不系 弗是 勿是 不是要 而不是",
    Kind.IS: "是 系 是要 就是 应该是 系要 都系 也是 其实是",
    Kind.STILL: "还是 仍然 仲系 照旧",
    Kind.SAME: "同上 一样 same 同款 照样 照抄 跟楼上一样 和楼上一样 同楼上 同楼上一样 跟上面一样 和上面一样 一模一样 copy 复制 一样的 同上同上 同一 照上 同前",
    Kind.ME_TOO: "我也要 俺也要 我都要 也+ 我也来 我也加 我也订 我也拿 我也买 me too 我我我 也给我 算我 带我 算我一个 带我一个 俺也来 跟上 跟风 加我一个 加我一份 阿拉也要 我都想要",
    Kind.USUAL: "老样子 老规矩 照旧 跟上次一样 和上次一样 老一套 照老样子 跟以前一样",
    Kind.AGREE: "也行 也好 也可以 也中 也得 就行 就好 就可以 得啦 好啦 都好 都行 就得 行了 好了 可以了 都好啦 成 中 行 好 可以",
    Kind.SELF: "我 俺 我家 我们 咱 咱们 咱家 俺家 本人 自己 自个儿 自个 我们家 我屋 我屋企 阿拉 偶 人家 我自己 我本人 我这 我那 我个 我嗰 我条 我啲 给自己 给我 给俺 俾我 畀我 拨我 帮我 同我 替我 给咱 给我家",
    Kind.FOR: "帮 替 给 俾 畀 代 为 同 让 把 将 给他 给她 给他们 帮他 帮她 帮他们 替他 替她 俾佢 帮佢",
    Kind.KIN: (
        "爸妈 爸爸 妈妈 爸 妈 奶奶 爷爷 姥姥 姥爷 外婆 外公 婆婆 公公 岳母 岳父 丈母娘 丈人 儿子 女儿 闺女 姑娘 媳妇 儿媳妇 儿媳 老婆 老公 老伴 "
        "孩子 娃儿 娃 宝宝 小孩 孙子 孙女 同事 同学 朋友 闺蜜 室友 同桌 邻居 对门 隔壁 楼上 楼下 姐姐 妹妹 哥哥 弟弟 姐 哥 嫂子 阿姨 叔叔 阿妈 阿爸 "
        "嫲嫲 阿婆 阿公 女朋友 男朋友 对象 亲家 家里 家里人 老人 老妈 老爸 老头 老太太 大爷 大妈 姐妹 舅舅 舅妈 姑姑 姨 二宝 大宝 老大 老二 "
        "同学妈妈 老师 师傅 保姆 婆家 娘家 妈咪 爹爹 姆妈 仔仔 囡囡 BB bb"
    ),
    Kind.AND: "+ 和 跟 与 以及 还有 然后 加上 再有 外加 顺便 顺带 并 同埋 搭 配 连 及 跟着 接着",
    Kind.SOFT: (
        "算了一下 算了下 算了算 啊 吧 呀 哦 噢 喔 啦 嘛 哈 嗯 哎 哎呀 唉 诶 欸 咯 喽 呗 哟 呦 嘞 嗷 呐 咧 撒 噻 嗨 喂 么么哒 请 麻烦 谢谢 多谢 感谢 辛苦 辛苦了 唔该 团长 "
        "老板 老板娘 亲 群主 你好 您好 好的 好滴 好哒 好嘞 好嘛 好呀 行吧 OK ok okay 嘻嘻 哈哈 哈哈哈 嘿嘿 呵呵 了 呢 也 还 又 就 先 一下 下 得嘞 要得 那行 那好 "
        "太好了 妥了 妥 稍等 等等 等下 等一下 慢着 那么 那就 那 咁 咁就 咁我 这次 这回 今天 今日 明天 现在 这 今儿 今次 正好 刚好 不好意思 唔好意思 抱歉 对不起 拜托 "
        "一下子 只 吃 吃吃 尝尝 试试 尝 试 尝个鲜 送 用 放 解解馋 儿 所以 因为 但是 不过 可是 的话 呃 额 那啥 哎哟 哎呦 妈呀 天哪 啊啊 收到 了解 知道了 明白 "
        "单 订单 下的 我说 帮忙 帮手 手动 记得 赶紧 快 快点 马上 咧 哩 伐 好伐 好额 嘅 㗎 喇 嚟 咗 埋 先啦 哇 嘢 个 冲冲冲 谢啦 谢咯 感恩 辛苦啦 "
        "到时候 到时 一定 直接 索性 干脆 暂时 只好 然后呢 呢个 格么 格 噶 么事 弗 伊 侬好 喏 噶么 对 对的 是的 嗯嗯 噢噢 好好好 哦哦 啊呀 我擦 卧槽 "
        "同款 一枚 走起 走一个 上车 安排上 最后 终于 果断 忘了 忘记 差点忘了 对了 补单 加单 下单 名下 上 去 过 到 起来 起 着 一共是 合共"
    ),
    Kind.THAT: "的 那个 这个 那种 这种 嗰种 嗰个 呢种 那款 这款 那些 这些 那 这 嘅 额 咯个 格个 种 款 号 色 味 码 型 口味 颜色 香味 色号 尺码 规格",
    Kind.COND: "有就 没有就 没有的话 有的话 还有的话 有货的话 还有货的话 仲有嘅话 还有就 有货就 如果还有 要是还有 如果有货 还有货 要还有 要有 若还有 有剩的话 还剩的话 有多的话 如果有多 能赶上的话 来得及的话 还来得及的话",
    Kind.TAG: "行吗 行不 可以吗 可以不 好吗 好不 成吗 成不 得行不 得不得行 要得不 得唔得 好伐 行伐 ok吗 OK吗 可以么 行么 来得及吗 还来得及吧 还来得及吗 赶得上吗 可以了吧 有吧 没问题吧 还行不行 够不够分 中不 中不中 行不行 成不成 还能记不 还能记吗 还能加吗 还能加不 还能要不 还能订吗 还能订不 还能下单吗",
    Kind.QUESTION: (
        "吗 么 嘛? 多少 几多 几钱 几个 几斤 几箱 几点 几时 几号 几天 几多钱 什么 啥 啥子 撒子 怎么 咋 咋个 哪 哪个 哪种 哪款 谁 边个 点样 点解 点算 为什么 为啥 为何 "
        "有没有 有冇 有没得 有无 还有没 还有没有 仲有冇 有不有 能不能 能否 可不可以 可唔可以 会不会 要不要 是不是 系咪 好不好 好唔好 够不够 够唔够 甜不甜 酸不酸 新不新鲜 "
        "不? 没? 冇? 咩 乜 乜嘢 几大 多大 多重 多长 多久 多远 好多 好多钱 好久 多钱 请问 问一下 问下 咨询 了解一下 得唔得 ? 吗? 几 哪里 哪儿 边度 有吗 有冇货 便宜 打折 优惠 区别 不同 是否 几钿 啥辰光 推荐 建议 参谋 选哪 选啥 理由 对吧 没错吧 对不对 是吧 算我吗 记上了 订上了 到底 来着 查一下 查下 查哈"
    ),
    Kind.PAST: (
        "上次 上回 上周 上个月 上星期 上礼拜 去年 前年 昨天 昨晚 昨日 昨儿 昨夜 前天 前几天 以前 之前 那次 那回 上期 上个 上一次 上学期 当年 小时候 从前 寻日 琴日 "
        "上半年 大前天 早上 中午 前阵子 前段时间 曾经 原来 往年 上年 旧年 头先 上上周 每次 每回 经常 天天 每天 平时 向来 从来 老是 总是 一直 一向 今早 刚才 刚刚 那天 那年 已经 早就 居然 没给 没有 没买 没订 没要 没拿 没能 没收 我记得 刚 回来 回去 后来"
    ),
    Kind.IF: "要是 要不是 要系 若系 等我 如果 假如 假设 倘若 万一 若是 若 除非 早知道 早知 就好了 该多好 哪怕 但凡 的话我 再便宜 便宜点我 敢 可惜 没准 说不定 也许 或许 恨不得 下次 下回 下期 下周 改天 以后 等发工资 有钱了 想当年 迟早",
    Kind.SHARE: "拼 合买 夹份 凑单 一人一半 分摊 平分 求 求购 出闲置 转让 组队 搭伙 合伙 自己种 不要钱 免费 白送 拼单 拼团 一人一 对半",
    Kind.OTHER: "给你 给你们 看到 看见 听说 据说 说 你 你们 他 他们 她 她们 大家 别人 各位 有人 侬 恁 人们 大伙 谁家 邻居们 你家 你们家 他家 她家 佢 佢哋 你哋 您 楼主 自家 群里 某 诸位 有冇人 冇人 没人 有没得人 别家 隔离 商家 超市 菜场 菜市场 直播间 网上 某宝 淘宝 拼多多 店里 街市",
    Kind.HABIT: "一天 每天 一次 每次 一顿 一个人 一人 每人 人均 一年 一个月 一周 一日 一餐 一口气 每顿 一晚上 一宿 一辈子 每日 每个月 每周 顿顿 一般 限购 限 最多 起步 至少 起码 差 还差 剩 只剩 还剩 多出来 够 就够 够了 太多 太多了 起卖 起送 为了 岁",
    Kind.ABLE: "可以吃 能吃 会 能 会儿 一会儿 应该 足够 得用 需要放 放 煮 炒 炖 蒸 泡 烤 拌 熬 腌 涮 焯 煎 炸 烧 洗 剁 打算 考虑 纠结 犹豫 擦 加水 换算",
    Kind.FAULT: "少给 少给了 少发 少发了 少了 缺了 漏发 发错 发错了 少装 少秤 少称 里面 里头 只有 只拿到 只收到 拿到 收到了 领到 取到 到手 发成 退货 退款 还没给 欠我 给了我 只给了 变色 报损 数了 缺斤 没坏 没破 没烂 坏了 烂了 破了 碎了 裂了 断了 断的 烂的 坏的 破的 压坏 压扁 压烂 漏了 化了 变质 臭了 酸了 馊了 退钱 赔 补发 收到货",
    Kind.POINTS: "积分 用分 拿分 兑换 兑",
    Kind.HALF: "一半",
    Kind.REQUEST: "",
    Kind.NOTE: "少辣 不辣 不要辣 不要葱 不要香菜 不要酱 不要冰 不加糖 少糖 无糖 少冰 加热",
}


@cache
def table() -> dict[str, tuple[tuple[str, Kind], ...]]:
    """Words by their first character, longest first, each with its kind; a word listed twice has the first."""
    kinds: dict[str, Kind] = {}
    for kind, listed in _WORDS.items():
        for word in normalise(listed).text.split():
            kinds.setdefault(word, kind)
    groups: dict[str, list[tuple[str, Kind]]] = defaultdict(list)
    for word in sorted(kinds, key=lambda one: -len(one)):
        groups[word[0]].append((word, kinds[word]))
    return {first: tuple(group) for first, group in groups.items()}
