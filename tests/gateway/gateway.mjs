// A real gateway (wechaty-puppet-service) over a puppet that nobody is behind, steered over HTTP on loopback.
// Settings: GATEWAY_PORT, GATEWAY_TOKEN, GATEWAY_TLS=1, GATEWAY_CONTROL (a port, else any). Prints one line of JSON when it is ready.
import http from 'node:http'
import crypto from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { FileBox } from 'file-box'
import * as PUPPET from 'wechaty-puppet'
import { PuppetServer } from 'wechaty-puppet-service'
import { PuppetMock, mock } from 'wechaty-puppet-mock'

const ME = 'wxid_bot'
const ROOM = 'sunshine@chatroom'
const PEOPLE = { [ME]: '小团', wxid_wang: '王小姐', wxid_doudou: '豆豆妈', wx_leader: '团长小满' }
const aliases = { wxid_wang: '3栋王姐' }
const sent = []
const said = new EventEmitter()

class Puppet extends PuppetMock {
  async messageSendText (conversation, text, mentions = []) {
    return keep({ conversation, text, mentions }, { type: PUPPET.types.Message.Text, text, mentionIdList: mentions })
  }

  async messageSendFile (conversation, file) {
    const data = (await file.toBuffer()).toString('base64')
    return keep({ conversation, file: file.name, data }, { type: PUPPET.types.Message.Attachment, text: file.name })
  }

  async roomMemberRawPayload (room, contact) {
    return { ...await super.roomMemberRawPayload(room, contact), roomAlias: aliases[contact] ?? '' }
  }
}

const mocker = new mock.Mocker()
const puppet = new Puppet({ mocker })
mocker.use(() => { if (!puppet.isLoggedIn) puppet.login(ME); return () => {} })
for (const [id, name] of Object.entries(PEOPLE)) mocker.createContact({ id, name })
mocker.createRoom({ id: ROOM, memberIdList: Object.keys(PEOPLE), topic: '阳光花园团购群' })

/** Put a message into the world; `fields` are those of a payload, with `from` and `room` in words. */
function say ({ from = 'wxid_wang', room = ROOM, id = crypto.randomUUID(), mentions = [], file, ...fields }) {
  const where = room ? { roomId: room, mentionIdList: mentions } : { listenerId: from === ME ? 'wxid_wang' : ME }
  if (file) mocker.cacheFileBoxPayload.set(id, FileBox.fromBase64(file.data, file.name).toJSON())
  const type = fields.type ?? PUPPET.types.Message.Text
  mocker.MessageMock.create({ id, talkerId: from, timestamp: Date.now(), ...where, ...fields, type })
  puppet.emit('message', { messageId: id })
  return id
}

/** Note what the bot said, and let it come back as WeChat does. */
function keep (words, fields) {
  const room = mocker.cacheRoomPayload.has(words.conversation) ? words.conversation : ''
  const id = say({ from: ME, room, ...fields })
  sent.push({ id, ...words })
  said.emit('more')
  return id
}

const orders = {
  say: ({ messages }) => messages.map(say),
  again: ({ ids }) => ids.forEach(messageId => puppet.emit('message', { messageId })),
  sent: () => sent,
  said: async ({ count }) => {
    while (sent.length < count) await once(said, 'more')
    return sent
  },
  forget: () => { sent.length = 0 },
  emit: ({ event, payload }) => puppet.emit(event, payload),
  login: () => puppet.login(ME),
  logout: () => puppet.logout('kicked'),
  rename: ({ id, name }) => {
    aliases[id] = name
    return puppet.dirtyPayload(PUPPET.types.Payload.RoomMember, `${ROOM}`)
  },
}

async function obey (request, response) {
  let body = ''
  for await (const chunk of request) body += chunk
  try {
    const answer = await orders[request.url.slice(1)](body ? JSON.parse(body) : {})
    response.end(JSON.stringify(answer ?? null))
  } catch (error) {
    response.writeHead(500).end(String(error?.stack ?? error))
  }
}

const { GATEWAY_PORT: port, GATEWAY_TOKEN: token, GATEWAY_TLS: tls, GATEWAY_CONTROL: steering = '0' } = process.env
const gateway = new PuppetServer({ endpoint: `127.0.0.1:${port}`, puppet, token, tls: { disable: tls !== '1' } })
await gateway.start()
const control = http.createServer(obey).listen(Number(steering), '127.0.0.1', () => {
  process.stdout.write(JSON.stringify({ control: control.address().port }) + '\n')
})
