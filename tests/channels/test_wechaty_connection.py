"""The connection to the real Node gateway: frozen, killed, refused, taken, and in TLS."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import channels
from bot.channels._wechaty.channel import Wechaty
from bot.channels._wechaty.condition import Condition
from bot.channels._wechaty.errors import GatewayError
from bot.config import Settings
from bot.config import Wechaty as GatewaySettings
from bot.errors import ConfigError, Unavailable
from tests.channels.node_gateway import BOT, NodeGateway, installed
from tests.channels.wechaty_scene import NERVOUS, listening, reply, running, settings_of

CA = Path(__file__).parents[1] / "gateway/node_modules/wechaty-puppet-service/dist/esm/src/auth/ca.js"
"""Holds the authority that gateways are signed by unless they are given a certificate."""


@pytest.fixture(scope="module")
def gateway() -> Iterator[NodeGateway]:
    installed()
    made = NodeGateway()
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def tls_gateway() -> Iterator[NodeGateway]:
    installed()
    made = NodeGateway(token="insecure_tls", tls=True)
    made.start()
    yield made
    made.kill()


async def test_a_frozen_gateway_is_noticed_and_found_again(gateway: NodeGateway, tmp_path: Path) -> None:
    async with listening(gateway, tmp_path, NERVOUS) as scene:
        gateway.freeze()
        try:
            await scene.until(Condition.AWAY)
            with pytest.raises(Unavailable):
                await scene.channel.send(reply("在"))
            assert "wechaty.endpoint" in scene.channel.ailments()[0]
        finally:
            gateway.thaw()
        await scene.until(Condition.LISTENING)
        gap = await scene.gap()
        await gateway.say("回来了吗")
        assert (await scene.next()).text == "回来了吗"
    assert (gap.channel, gap.account) == ("wechaty", BOT)
    assert timedelta(0) < gap.until - gap.since < timedelta(minutes=1)
    assert not scene.channel.ailments()


async def test_an_answer_of_a_frozen_gateway_is_of_unknown_outcome(
    gateway: NodeGateway, tmp_path: Path
) -> None:
    async with listening(gateway, tmp_path, NERVOUS) as scene:
        gateway.freeze()
        try:
            with pytest.raises(GatewayError):
                await scene.channel.send(reply("记下了"))
        finally:
            gateway.thaw()


async def test_a_killed_gateway_is_found_again(gateway: NodeGateway, tmp_path: Path) -> None:
    async with listening(gateway, tmp_path) as scene:
        gateway.kill()
        await scene.until(Condition.AWAY)
        with pytest.raises(Unavailable):
            await scene.channel.send(reply("在"))
        await asyncio.to_thread(gateway.start)
        await scene.until(Condition.LISTENING)
        await scene.gap()
        await gateway.say("还在吗")
        assert (await scene.next()).text == "还在吗"
        await scene.channel.send(reply("在的"))
        assert [said["text"] for said in await gateway.order("sent")] == ["在的"]


async def test_a_new_bot_knows_since_when_nothing_was_heard(gateway: NodeGateway, tmp_path: Path) -> None:
    async with listening(gateway, tmp_path) as scene:
        await gateway.say("第一次不算漏")
        await scene.next()
        assert scene.channel._hearing._gaps.empty()
    note = json.loads((tmp_path / "heard.json").read_text())
    await gateway.say("没人听见")
    async with listening(gateway, tmp_path) as scene:
        gap = await scene.gap()
        await gateway.say("有人听见")
        assert (await scene.next()).text == "有人听见"
    assert gap.since.isoformat() == note["until"]
    assert note["account"] == gap.account == BOT


async def test_a_logout_is_told_and_login_goes_on(gateway: NodeGateway, tmp_path: Path) -> None:
    async with listening(gateway, tmp_path) as scene:
        await gateway.order("logout")
        await scene.until(Condition.LOGGED_OUT)
        assert "扫" in scene.channel.ailments()[0]
        with pytest.raises(Unavailable):
            await scene.channel.send(reply("在"))
        await gateway.order("login")
        await scene.until(Condition.LISTENING)
        await gateway.say("好了")
        assert (await scene.next()).text == "好了"


async def test_a_wrong_token_is_told_and_the_right_one_is_undisturbed(
    gateway: NodeGateway, tmp_path: Path
) -> None:
    wrong = settings_of(gateway, token="insecure_other")
    async with listening(gateway, tmp_path) as scene, running(wrong, tmp_path / "wrong") as refused:
        await refused.until(Condition.REFUSED)
        assert "wechaty.token" in refused.channel.ailments()[0]
        await gateway.say("照常")
        assert (await scene.next()).text == "照常"


async def test_a_probe_tells_how_it_stands_and_disturbs_nobody(tmp_path: Path) -> None:
    installed()
    gateway = NodeGateway()
    gateway.start()
    try:
        async with listening(gateway, tmp_path) as scene:
            assert await scene.channel.probe() == ""
            wrong = settings_of(gateway, token="insecure_other")
            async with running(wrong, tmp_path / "wrong") as other:
                assert "wechaty.token" in await other.channel.probe()
            await gateway.say("照常")
            assert (await scene.next()).text == "照常"
            gateway.kill()
            assert "wechaty.endpoint" in await scene.channel.probe()
    finally:
        gateway.kill()


async def test_a_second_bot_waits_until_the_first_is_gone(gateway: NodeGateway, tmp_path: Path) -> None:
    async with AsyncExitStack() as both:
        first = await both.enter_async_context(listening(gateway, tmp_path / "first"))
        second = await both.enter_async_context(running(settings_of(gateway), tmp_path / "second"))
        await second.until(Condition.OCCUPIED)
        assert "先停掉" in second.channel.ailments()[0]
        await gateway.say("谁在听")
        assert (await first.next()).text == "谁在听"
        await first.stop()
        await second.until(Condition.LISTENING)
        await gateway.say("现在谁在听")
        assert (await second.next()).text == "现在谁在听"


async def test_tls_with_the_gateways_authority_and_name(tls_gateway: NodeGateway, tmp_path: Path) -> None:
    settings = settings_of(tls_gateway).model_copy(
        update={"ca": authority(tmp_path), "server_name": "insecure"}
    )
    async with running(settings, tmp_path) as scene:
        await scene.until(Condition.LISTENING)
        await tls_gateway.say("加密的")
        assert (await scene.next()).text == "加密的"


@pytest.mark.parametrize("changed", [{"ca": None}, {"server_name": "gateway.example"}])
async def test_a_stranger_in_tls_is_not_trusted(
    tls_gateway: NodeGateway, tmp_path: Path, changed: dict[str, str | None]
) -> None:
    right = {"ca": authority(tmp_path), "server_name": "insecure"}
    async with running(settings_of(tls_gateway).model_copy(update=right | changed), tmp_path) as scene:
        await scene.until(Condition.UNTRUSTED)
        assert "wechaty.ca" in scene.channel.ailments()[0]


async def test_the_channel_is_made_of_the_settings(tmp_path: Path) -> None:
    gateway = GatewaySettings(endpoint="127.0.0.1:8788", token=SecretStr("insecure_x"))
    (made,) = channels.made(["wechaty"], Settings(data=tmp_path, wechaty=gateway))
    assert isinstance(made, Wechaty)
    assert made.ailments() == ()


def test_what_is_missing_is_said_in_chinese_all_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        channels.made(["wechaty"], Settings(channels=("wechaty",)))
    assert [fault.key for fault in caught.value.faults] == ["wechaty.endpoint", "wechaty.token"]
    assert "127.0.0.1:8788" in str(caught.value)
    assert "TUANBOT_WECHATY__TOKEN" in str(caught.value)


@pytest.mark.parametrize("token", ["有中文", "a b"])
def test_an_unusable_token_is_not_shown(token: str) -> None:
    gateway = GatewaySettings(endpoint="127.0.0.1:8788", token=SecretStr(token))
    with pytest.raises(ConfigError) as caught:
        channels.made(["wechaty"], Settings(wechaty=gateway))
    assert [fault.key for fault in caught.value.faults] == ["wechaty.token"]
    assert token not in str(caught.value)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_unusable_authority_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    gateway = GatewaySettings(endpoint="127.0.0.1:8788", token=SecretStr("insecure_x"), ca=file)
    with pytest.raises(ConfigError, match=r"wechaty\.ca") as caught:
        channels.made(["wechaty"], Settings(wechaty=gateway))
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("endpoint", ["127.0.0.1", "127.0.0.1:", ":8788", "h:99999", "h:0", "h:port"])
def test_an_endpoint_is_host_and_port(endpoint: str) -> None:
    with pytest.raises(ValueError, match="主机:端口"):
        GatewaySettings(endpoint=endpoint)


def authority(folder: Path) -> Path:
    """The PEM file of the gateway's authority, cut out of its source."""
    text = CA.read_text()
    begin = text.index("-----BEGIN CERTIFICATE-----")
    end = text.index("-----END CERTIFICATE-----") + len("-----END CERTIFICATE-----")
    file = folder / "authority.pem"
    file.write_text(text[begin:end] + "\n")
    return file
