import pytest

from shop.dwelling import Dwelling


@pytest.mark.parametrize(
    ("nickname", "building", "unit", "room"),
    [
        ("4-602王", "4栋", "", "602"),
        ("12-3-1104", "12栋", "3", "1104"),
        ("8栋刘婶", "8栋", "", ""),
        ("C栋阿梁", "C栋", "", ""),
        ("c座1105小赵", "C栋", "", "1105"),
        ("10号楼", "10栋", "", ""),
        ("7幢2单元301", "7栋", "2", "301"),
        ("5号楼一单元1203室", "5栋", "1", "1203"),
        ("十二栋阿姨", "12栋", "", ""),
        ("二十一幢", "21栋", "", ""),
        ("6#1502", "6栋", "", "1502"),
        ("小美(9-2)", "9栋", "2", ""),
        ("小王-4-502", "4栋", "", "502"),
        ("03-401", "3栋", "", "401"),
    ],
)
def test_dwellings_are_read_from_nicknames(nickname: str, building: str, unit: str, room: str) -> None:
    assert Dwelling.of(nickname) == Dwelling(building=building, unit=unit, room=room)


@pytest.mark.parametrize(
    "nickname", ["月亮🌙", "90后小方", "楼上的猫", "2026-03-04", "1单元何姐", "13800001234", ""]
)
def test_nicknames_without_a_building_tell_none(nickname: str) -> None:
    assert Dwelling.of(nickname) is None


def test_buildings_and_rooms_sort_by_number() -> None:
    names = ["A栋甲", "10-101", "2-1102", "2-201", "2栋乙"]
    dwellings = [dwelling for name in names if (dwelling := Dwelling.of(name))]
    ordered = sorted(dwellings, key=lambda dwelling: dwelling.sort_key)
    assert [(one.building, one.room) for one in ordered] == [
        ("2栋", ""),
        ("2栋", "201"),
        ("2栋", "1102"),
        ("10栋", "101"),
        ("A栋", ""),
    ]
