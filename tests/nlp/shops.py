"""A small catalogue for tests that read goods."""

from shop.catalogue import Catalogue, Sku
from shop.money import Fen


def catalogue() -> Catalogue:
    """Two specs of one name, one thing with an alias, one by the piece."""
    return Catalogue(
        skus=(
            Sku(code="A", name="冰糖橙", spec="大箱10斤", aliases=("橙子",), unit="箱", price=Fen(5990)),
            Sku(code="B", name="冰糖橙", spec="小箱5斤", aliases=("橙子",), unit="箱", price=Fen(3290)),
            Sku(code="C", name="手工饺子", aliases=("饺子",), unit="袋", price=Fen(2500)),
            Sku(code="D", name="毛线手套", aliases=("手套",), unit="双", price=Fen(1500)),
        )
    )
