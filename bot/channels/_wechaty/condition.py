"""How it stands between us and the gateway, and what the operator can do about it."""

from enum import StrEnum

from bot.channels._wechaty.errors import GatewayError, Occupied, Refused, Untrusted


class Condition(StrEnum):
    """Only while LISTENING something is heard."""

    CONNECTING = "connecting"
    LISTENING = "listening"
    LOGGED_OUT = "logged-out"
    AWAY = "away"
    UNTRUSTED = "untrusted"
    REFUSED = "refused"
    OCCUPIED = "occupied"


HINTS = {
    Condition.LOGGED_OUT: "网关连上了，微信还没登录：看网关的二维码，用手机扫",
    Condition.AWAY: "连不上网关：看它开着没有，config.yaml 的 wechaty.endpoint 写对没有",
    Condition.UNTRUSTED: "网关的证书对不上：看 config.yaml 的 wechaty.tls、wechaty.ca、wechaty.server_name",
    Condition.REFUSED: "网关不认这个 token：config.yaml 的 wechaty.token 要和网关启动时的一样",
    Condition.OCCUPIED: "这个网关上已经有一个机器人在听：先停掉那一个",
}


def after(error: GatewayError) -> Condition:
    """The condition that an error leaves us in."""
    match error:
        case Refused():
            return Condition.REFUSED
        case Occupied():
            return Condition.OCCUPIED
        case Untrusted():
            return Condition.UNTRUSTED
        case _:
            return Condition.AWAY
