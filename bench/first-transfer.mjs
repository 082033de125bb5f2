// Measures how much a visit fetches until the page can synthesize.
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { freshBrowser } from './visit.mjs'

const isCounted = (/** @type {string} */ type) => /javascript|wasm/.test(type)

/** The button that synthesizes, on the view that every visit begins with and on “Listen”. */
const buttons = { start: 'Make it yourself', listen: 'Synthesize' }

/**
 * Kilobytes of JavaScript and WebAssembly, gzipped, that a cold browser without the service worker has requested when the
 * button of a view becomes enabled, by the page and by its workers. They are counted in front of the server at `address`,
 * because a page's tools do not see all requests of workers.
 * @param {string} address
 * @param {keyof typeof buttons} view
 * @returns {Promise<number>}
 */
export async function measureFirstTransfer(address, view) {
  /** @type {Map<string, number>} gzipped bytes by path */
  const fetched = new Map()
  const counter = createServer(async ({ url = '/', method }, response) => {
    const answer = await fetch(new URL(url, address), { method, headers: { 'accept-encoding': 'identity' } })
    const body = Buffer.from(await answer.arrayBuffer())
    const type = answer.headers.get('content-type') ?? ''
    if (isCounted(type)) fetched.set(url, gzipSync(body, { level: 9 }).length)
    const { 'content-length': _, ...headers } = Object.fromEntries(answer.headers)
    response.writeHead(answer.status, headers).end(body)
  })
  await new Promise((resolve) => counter.listen(0, 'localhost', () => resolve(null)))
  try {
    const bound = counter.address()
    if (!bound || typeof bound === 'string') throw new Error('The counting server has no port.')
    return await freshBrowser(async (page) => {
      await page.goto(`http://localhost:${bound.port}/#/${view}`)
      await page
        .getByRole('button', { name: buttons[view] })
        .and(page.locator('[aria-disabled="false"]'))
        .waitFor({ timeout: 120_000 })
      return Math.round([...fetched.values()].reduce((sum, bytes) => sum + bytes) / 1000)
    })
  } finally {
    counter.closeAllConnections()
    counter.close()
  }
}
