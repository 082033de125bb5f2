// A slow network in front of a server. DevTools' throttling does not reach workers, which load most of this page.
import { connect, createServer } from 'node:net'

/** Bytes that are sent before it is the next connection's turn, as much as a packet holds. */
const packetBytes = 1460
/** Bytes of one connection that wait for the line, as much as TCP sends without an acknowledgement. */
const windowBytes = 65536

/**
 * @typedef {object} Download
 * @property {import('node:net').Socket} client
 * @property {import('node:net').Socket} server
 * @property {Buffer[]} waiting
 * @property {number} waitingBytes
 * @property {boolean} ended
 */

/**
 * Opens a port in front of the server at `address`. Its connections share `megabits` per second of downloads in turns,
 * and every connection and request waits for a round trip.
 * @param {string} address
 * @param {{ megabits: number, roundTripMilliseconds: number }} line
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function openSlowNetwork(address, { megabits, roundTripMilliseconds }) {
  const { hostname, port } = new URL(address)
  /** @type {Set<Download>} */
  const downloads = new Set()
  const bytesPerMillisecond = (megabits * 1e6) / 8 / 1000
  const oneWay = roundTripMilliseconds / 2

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const server = connect({ host: hostname, port: Number(port), noDelay: true })
    /** @type {Download} */
    const download = { client, server, waiting: [], waitingBytes: 0, ended: false }
    downloads.add(download)
    // The first request follows the handshake.
    const requestableAt = Date.now() + roundTripMilliseconds
    client.on('data', (bytes) => {
      setTimeout(() => server.write(bytes), Math.max(0, requestableAt - Date.now()) + oneWay)
    })
    server.on('data', (bytes) => {
      download.waiting.push(bytes)
      download.waitingBytes += bytes.length
      if (download.waitingBytes >= windowBytes) server.pause()
    })
    server.on('end', () => {
      download.ended = true
    })
    const drop = () => {
      downloads.delete(download)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', drop)
    client.on('close', drop)
  })

  /** Sends one packet of a download; returns its bytes. */
  function sendPacket(/** @type {Download} */ download) {
    const [first] = download.waiting
    if (!first) {
      if (download.ended) setTimeout(() => download.client.end(), oneWay)
      return 0
    }
    const packet = first.subarray(0, packetBytes)
    if (packet.length === first.length) download.waiting.shift()
    else download.waiting[0] = first.subarray(packetBytes)
    download.waitingBytes -= packet.length
    if (download.waitingBytes < windowBytes) download.server.resume()
    setTimeout(() => download.client.write(packet), oneWay)
    return packet.length
  }

  let last = performance.now()
  let budget = 0
  const clock = setInterval(() => {
    const now = performance.now()
    // An idle line saves nothing up.
    const isIdle = [...downloads].every(({ waiting }) => waiting.length === 0)
    budget = isIdle ? 0 : budget + (now - last) * bytesPerMillisecond
    last = now
    for (let sent = 1; budget > 0 && sent > 0; ) {
      sent = 0
      for (const download of downloads) {
        if (budget <= 0) break
        const bytes = sendPacket(download)
        sent += bytes
        budget -= bytes
      }
    }
  }, 1)

  await new Promise((resolve) => listener.listen(0, '127.0.0.1', () => resolve(undefined)))
  const bound = listener.address()
  if (bound === null || typeof bound === 'string') throw new Error('The slow network has no port.')
  return {
    // A name under which browsers allow cross-origin isolation without HTTPS.
    address: `http://localhost:${bound.port}/`,
    close() {
      clearInterval(clock)
      listener.close()
      for (const { client } of downloads) client.destroy()
    },
  }
}
