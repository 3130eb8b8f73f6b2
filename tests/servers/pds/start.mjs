// Bluesky's own server, whole, on this machine: a PDS, and the directory of identities (PLC) that it registers
// its accounts with. One JSON line on standard output says where it listens; it ends when standard input closes.
//
// PDS_MODULES  the folder that holds node_modules: the packages are never installed into the source tree
// PDS_DATA     an empty folder for accounts, records and pictures; whoever names it removes it
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import { join, resolve } from 'node:path'

// Before anything is loaded that reads it: one log line a request would drown what a test has to say.
process.env.LOG_ENABLED ??= 'false'
process.env.NODE_ENV ??= 'production'

// Both servers listen on a bare port number, which means every address of the machine. Nobody else shall reach them.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (where, ...more) {
  const bare = typeof where === 'number' && typeof more[0] !== 'string'
  return bare ? listen.call(this, where, '127.0.0.1', ...more) : listen.call(this, where, ...more)
}

// A PDS has to know its own address before it listens, so a port is looked up and let go of again.
const freePort = () =>
  new Promise((found, failed) => {
    const probe = net.createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => found(port))
    })
  })

const load = createRequire(join(resolve(process.env.PDS_MODULES), 'node_modules', 'here.js'))
const { PDS, envToCfg, envToSecrets } = load('@atproto/pds')
const { PlcServer, Database } = load('@did-plc/server')

const data = resolve(process.env.PDS_DATA)
const [port, plcPort] = [await freePort(), await freePort()]
const secret = () => randomBytes(32).toString('hex')

const plc = PlcServer.create({ db: Database.mock(), port: plcPort })
await plc.start()

mkdirSync(join(data, 'accounts'), { recursive: true })
const settings = {
  // plain http on loopback, and handles that end in .test
  devMode: true,
  hostname: 'localhost',
  port,
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  dataDirectory: join(data, 'accounts'),
  blobstoreDiskLocation: join(data, 'blobs'),
  didPlcUrl: `http://127.0.0.1:${plcPort}`,
  disableSsrfProtection: true,
  // nobody beyond this machine is told of, or asked about, anything
  crawlers: [],
  handleBackupNameservers: [],
  trustedOAuthClients: [],
  rateLimitBypassIps: [],
  rateLimitsEnabled: process.env.RATE_LIMITS === '1',
  jwtSecret: secret(),
  dpopSecret: secret(),
  adminPassword: secret(),
  plcRotationKeyK256PrivateKeyHex: secret(),
}
const server = await PDS.create(envToCfg(settings), envToSecrets(settings))
await server.start()
console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }))

let ending = false
const end = async () => {
  if (ending) return
  ending = true
  // a connection that a client has left open would hold it up for as long as that client likes
  setTimeout(() => process.exit(0), 2000).unref()
  await server.destroy().catch(() => {})
  await plc.destroy().catch(() => {})
  process.exit(0)
}
process.once('SIGTERM', end)
process.once('SIGINT', end)
process.stdin.once('end', end).resume()
