// The page: puts connection, people, rooms, messages and composer together.

import { Composer } from "./composer.js";
import { Connection, newId } from "./connection.js";
import { Conversations, PRIVATE } from "./conversations.js";
import { byId, element, toast } from "./elements.js";
import { watchMenu } from "./menu.js";
import { People } from "./people.js";
import { Rooms } from "./rooms.js";
import { continued, isSolitaire } from "./solitaire.js";
import { Timeline } from "./timeline.js";

const STATES = { connecting: "连接中", open: "在线", closed: "断了，正在重连" };
const MEMBER_HINTS = ["有什么在卖", "我的订单", "签到", "帮助"];
const LEADER_HINTS = ["汇总", "待确认", "截单", "帮助"];

const said = new Conversations();
const rooms = new Rooms();
const timeline = new Timeline();
const people = new People(() => speakerChanged());
const composer = new Composer((draft) => send(draft));
const connection = new Connection(heard, (state) => {
  byId("status").dataset.state = state;
  byId("status").textContent = STATES[state];
});
let bot = "";
let current = "";

function heard(event) {
  if (event.type === "hello") greeted(event);
  if (event.type === "message") received(event.message);
  if (event.type === "accepted") settle(event.id, { state: "" });
  if (event.type === "refused") settle(event.id, { state: "failed", reason: event.reason });
}

function greeted(event) {
  bot = event.bot;
  rooms.offer(event.rooms, event.bot);
  people.offer(event.people);
  event.messages.forEach((message) => said.put(message));
  const wanted = decodeURIComponent(location.hash.slice(1));
  const known = rooms.of(people.speaker).some((room) => room.id === wanted);
  show(known ? wanted : current || event.rooms[0].id);
}

function received(message) {
  const old = said.get(message.id);
  said.put({ ...message, state: old?.state });
  if (message.conversation === current) refresh(message.id);
  else if (!old) rooms.arrived(message.conversation);
  showRooms();
}

function settle(id, change) {
  const message = said.get(id);
  if (!message) return change.reason && toast(change.reason);
  said.put({ ...message, ...change });
  if (message.conversation === current) refresh(id);
}

function refresh(id) {
  const log = said.of(current);
  const message = said.get(id);
  timeline.update(message, log[log.indexOf(message) - 1], viewOf);
}

function send({ text, at_bot, quote, files }) {
  const message = { id: newId(), conversation: current, text };
  const { id, name } = people.speaker;
  received({
    ...message,
    sender: { id, name },
    bot: false,
    time: new Date().toISOString(),
    mentions: [],
    quote: quote && { id: quote.id, name: quote.sender.name, text: quote.text },
    files,
  });
  settle(message.id, { state: "waiting" });
  connection.say({
    ...message,
    at_bot,
    speaker: { id, name },
    quote: quote?.id ?? "",
    files: files.map((file) => file.token),
  });
}

function viewOf(message) {
  return {
    own: message.sender.id === people.speaker.id,
    leader: people.isLeader(message.sender.id),
    tint: message.bot ? "bot" : people.tint(message.sender),
    onQuote: (one) => composer.quote(one),
    onMention: (name) => composer.insert(`@${name} `),
    onFind: (id) => timeline.find(id),
    onPicture: enlarge,
    onRetry: (one) => composer.fill(one.text),
  };
}

function show(conversation) {
  current = conversation;
  rooms.read(conversation);
  const room = rooms.of(people.speaker).find((one) => one.id === conversation);
  byId("title").textContent = room.title;
  byId("subtitle").textContent = room.subtitle;
  timeline.show(said.of(conversation), viewOf, empty);
  showRooms();
}

function open(conversation) {
  document.body.dataset.pane = "chat";
  history.pushState(null, "", `#${encodeURIComponent(conversation)}`);
  show(conversation);
  if (matchMedia("(hover: hover)").matches) composer.text.focus();
}

function speakerChanged() {
  const own = PRIVATE + people.speaker.id;
  show(current.startsWith(PRIVATE) ? own : current);
  composer.text.focus();
}

function showRooms() {
  rooms.show(people.speaker, current, (id) => said.of(id).at(-1), open);
}

function empty() {
  const hints = element("div", { className: "hints" });
  for (const hint of people.isLeader(people.speaker.id) ? LEADER_HINTS : MEMBER_HINTS) {
    const button = element("button", { type: "button" }, hint);
    button.addEventListener("click", () => composer.fill(hint));
    hints.append(button);
  }
  const advice = "像平时在群里那样说就行；换个头像，就换个人说话。";
  return element("li", { className: "empty" }, element("strong", {}, "还没有人说话"), advice, hints);
}

function enlarge(file) {
  const viewer = byId("viewer");
  const image = viewer.querySelector("img");
  image.src = file.url;
  image.alt = file.name;
  viewer.showModal();
}

function followAddress() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  document.body.dataset.pane = wanted ? "chat" : "rooms";
  if (wanted && bot && rooms.of(people.speaker).some((room) => room.id === wanted)) show(wanted);
}

byId("back").addEventListener("click", () => {
  history.pushState(null, "", location.pathname);
  followAddress();
});
byId("viewer").addEventListener("click", () => byId("viewer").close());
byId("solitaire").addEventListener("click", () => {
  const last = said.of(current).findLast((message) => isSolitaire(message.text));
  composer.fill(continued(last?.text, people.speaker.name));
});
watchMenu(byId("messages"), (id) => said.get(id), (message) => composer.quote(message));
addEventListener("popstate", followAddress);
followAddress();
connection.open();
