// Bluesky's whole network on this machine: the directory of identities, a PDS, and the AppView that reads it and tells
// what people see in their apps. One JSON line on standard output says where; it ends when standard input closes.
//
// PDS_MODULES   the folder that holds node_modules: the packages are never installed into the source tree
// PDS_DATA      an empty folder; whoever names it removes it
// POSTGRES_URL  a database that the AppView may fill
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import net from 'node:net'

process.env.LOG_ENABLED ??= 'false'
process.env.NODE_ENV ??= 'production'

// All of them listen on a bare port number, which means every address of the machine. Nobody else shall reach them.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (where, ...more) {
  const port = typeof where === 'object' && where !== null ? where.port : where
  const host = typeof where === 'object' && where !== null ? where.host : typeof more[0] === 'string' ? more[0] : undefined
  if (typeof port !== 'number' || host !== undefined) return listen.call(this, where, ...more)
  return listen.call(this, port, '127.0.0.1', ...more.filter((one) => typeof one === 'function'))
}

const load = createRequire(join(resolve(process.env.PDS_MODULES), 'node_modules', 'here.js'))
const { TestPlc, TestBsky, TestPds, mockNetworkUtilities } = load('@atproto/dev-env')
const getPort = load('get-port')

const data = resolve(process.env.PDS_DATA)
mkdirSync(join(data, 'accounts'), { recursive: true })
const pdsPort = await getPort()
const plc = await TestPlc.create({})
const bsky = await TestBsky.create({
  plcUrl: plc.url,
  pdsPort,
  repoProvider: `ws://localhost:${pdsPort}`,
  dbPostgresSchema: 'appview',
  dbPostgresUrl: process.env.POSTGRES_URL,
})
const pds = await TestPds.create({
  port: pdsPort,
  didPlcUrl: plc.url,
  dataDirectory: join(data, 'accounts'),
  blobstoreDiskLocation: join(data, 'blobs'),
  bskyAppViewUrl: bsky.url,
  bskyAppViewDid: bsky.ctx.cfg.serverDid,
})
mockNetworkUtilities(pds, bsky)
console.log(JSON.stringify({ url: pds.url.replace('localhost', '127.0.0.1'), appview: bsky.url.replace('localhost', '127.0.0.1') }))

process.stdin.once('end', () => process.exit(0)).resume()
