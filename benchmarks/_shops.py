"""Shop files and messages of any size, for sales that nobody holds."""

from datetime import UTC, datetime
from pathlib import Path

from bot import shopfile
from bot.model import Address, Incoming
from bot.shopfile import ShopFile

GOODS = ["青提", "草莓", "土鸡蛋", "牛奶", "抽纸", "面包", "排骨", "虾仁", "大米", "玉米"]
SIZES = "一二三四五六七八九十"


def shop(folder: Path, *, skus: int = 10, stock: int | None = None) -> ShopFile:
    """A shop of so many SKUs, at most 100."""
    names = [good if number == 0 else f"{SIZES[number]}号{good}" for number in range(10) for good in GOODS]
    lines = ["title: 周四团", "leader: {id: lead}", "skus:"]
    for number, name in enumerate(names[:skus]):
        left = "" if stock is None else f", stock: {stock}"
        lines.append(f"  - {{code: G{number + 1}, name: {name}, unit: 份, price: 9.9{left}}}")
    path = folder / "shop.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return shopfile.read(path)


def said(address: Address, number: int, member: int, text: str) -> Incoming:
    """The message `number` of a room, from a numbered member."""
    return Incoming(
        id=f"m{number}",
        address=address,
        sender_id=f"u{member}",
        sender_name=f"邻居{member}",
        text=text,
        time=datetime.now(UTC),
    )
