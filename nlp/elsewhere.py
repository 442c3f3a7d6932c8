"""Words for other times and other sellers: what is said of them is not said of the shop."""

PAST = (
    "上次|上回|上周|上个|昨[天晚日]|前天|去年|那[次回年]|以前|从前|小时候|年前|当年|当初"
    "|那会儿|那年头|那时候|早年|年轻时|每次|上期"
)
ELSEWHERE = (
    "超市|商场|菜市?场|直播间|隔壁|人家|别[人家]|别的群|外面|网上|淘宝|京东|拼多多|某宝|山姆|盒马|公司|单位|学校|老师"
    "|幼儿园|医院|饭店|地铁|楼下那|门口那"
)
