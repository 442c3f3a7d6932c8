"""Shop files (shop/*.yaml): what is on sale, who leads, where goods are handed out, and a short FAQ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot import documents
from bot.errors import ConfigError, Fault
from bot.model import Room
from shop.catalogue import Catalogue, PriceTier, Sku
from shop.groupbuy import GroupBuy, Phase
from shop.money import parse_yuan


def _as_text(value: object) -> object:
    """A code or spec that YAML reads as a number is meant as written."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=100)]
Units = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SkuEntry(_Part):
    """One SKU as the operator writes it; money in yuan, weights in 斤."""

    code: Text
    name: Text
    spec: Annotated[str, BeforeValidator(_as_text)] = ""
    aliases: tuple[Text, ...] = ()
    unit: Text
    weight_jin: Annotated[Decimal, Field(gt=0)] | None = None
    pieces: Units | None = None
    price: Annotated[Decimal, Field(ge=0, decimal_places=2)]
    tiers: Mapping[int, Annotated[Decimal, Field(ge=0, decimal_places=2)]] = {}
    limit: Units | None = None
    stock: Annotated[int, Field(ge=0)] | None = None
    default: bool = False

    def sku(self) -> Sku:
        """The SKU that the entry stands for."""
        return Sku(
            code=self.code,
            name=self.name,
            spec=self.spec,
            aliases=self.aliases,
            unit=self.unit,
            weight_jin=self.weight_jin,
            pieces=self.pieces,
            price=parse_yuan(self.price),
            tiers=tuple(
                PriceTier(quantity=count, total=parse_yuan(total)) for count, total in self.tiers.items()
            ),
            limit=self.limit,
            stock=self.stock,
            is_default=self.default,
        )


class Leader(_Part):
    """The account that leads the group-buy."""

    id: Text
    name: Text = "团长"


class ShopEntry(_Part):
    """The whole file."""

    title: Text
    room: Text = "*"
    skus: Annotated[tuple[SkuEntry, ...], Field(min_length=1, max_length=200)]
    leader: Leader
    pickup: tuple[Text, ...] = ()
    cutoff: datetime | None = None
    faq: Sequence[Mapping[str, Any]] = ()

    @model_validator(mode="after")
    def _codes_differ(self) -> "ShopEntry":
        codes = [sku.code.casefold() for sku in self.skus]
        doubles = sorted({code for code in codes if codes.count(code) > 1})
        if doubles:
            raise ValueError(f"不重复的 code(重复了：{'、'.join(doubles)})")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFile:
    """A checked shop file; `document` knows the places of its FAQ entries for whoever checks them."""

    entry: ShopEntry
    document: documents.Document

    @property
    def catalogue(self) -> Catalogue:
        """What is on sale."""
        return Catalogue(skus=tuple(sku.sku() for sku in self.entry.skus))

    def group_buy(self, *, room: Room, now: datetime) -> GroupBuy:
        """The group-buy that the file opens in a room; the store gives it id and number."""
        cutoff = self.entry.cutoff
        if cutoff is not None and cutoff.tzinfo is None:
            cutoff = cutoff.replace(tzinfo=ZoneInfo(room.timezone))
        return GroupBuy(
            id=0,
            room=room.address.room,
            title=self.entry.title,
            catalogue=self.catalogue,
            phase=Phase.OPEN,
            cutoff=cutoff,
            pickup_points=self.entry.pickup,
            number=0,
            opened_at=now,
        )


def read(path: Path) -> ShopFile:
    """Read one shop file. Raises ConfigError with all its faults."""
    document = documents.read(path)
    return ShopFile(entry=documents.validated(document, ShopEntry), document=document)


def read_all(paths: Sequence[Path]) -> tuple[ShopFile, ...]:
    """Read files and all *.yaml of folders. Raises ConfigError with the faults of all of them."""
    shops: list[ShopFile] = []
    faults: list[Fault] = []
    for path in yaml_files(paths):
        try:
            shops.append(read(path))
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(*faults)
    return tuple(shops)


def yaml_files(paths: Sequence[Path]) -> list[Path]:
    """The files themselves and, for folders, all their *.yaml and *.yml, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        inside = [file for file in path.rglob("*.y*ml") if file.suffix in {".yaml", ".yml"}]
        found += sorted(inside) if path.is_dir() else [path]
    return found
