// Firefox, driven by WebDriver BiDi, which it speaks by itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inView, startProgram } from './browser.mjs'

/**
 * @param {string} program
 * @param {{ readonly env: NodeJS.ProcessEnv, readonly signal: AbortSignal }} options it ends when the signal is aborted
 * @returns {Promise<import('./browser.mjs').Browser>}
 */
export async function openFirefox(program, options) {
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'))
  const [, address] = await startProgram(
    program,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    /WebDriver BiDi listening on (ws:\S+)/,
    options,
  )
  // Only now is its own listener for the signal there, which ends it before this one takes its files.
  options.signal.addEventListener('abort', () => rmSync(profile, { recursive: true, force: true }))
  const socket = new WebSocket(`${address}/session`)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('Firefox refused the connection.'))
  })
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map()
  socket.onmessage = ({ data }) => {
    const { id, type, result, message } = JSON.parse(data)
    if (type === 'error') waiting.get(id)?.reject(new Error(message))
    else waiting.get(id)?.resolve(result)
  }
  let lastId = 0
  /** @returns {Promise<any>} */
  const send = (/** @type {string} */ method, /** @type {object} */ params) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject })
      socket.send(JSON.stringify({ id: lastId, method, params }))
    })
  const { capabilities } = await send('session.new', { capabilities: {} })
  const { contexts } = await send('browsingContext.getTree', {})
  const { context } = contexts[0]

  async function evaluate(/** @type {string} */ expression) {
    const params = { expression, target: { context }, awaitPromise: true }
    const { result, exceptionDetails } = await send('script.evaluate', params)
    if (exceptionDetails) throw new Error(exceptionDetails.text)
    return result
  }

  return {
    name: `Firefox ${capabilities.browserVersion}`,
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    async evaluate(expression) {
      const { value } = await evaluate(
        `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`,
      )
      return JSON.parse(value)
    },
    async press(expression) {
      const { sharedId } = await evaluate(inView(expression))
      const origin = { type: 'element', element: { sharedId } }
      const actions = [
        { type: 'pointerMove', x: 0, y: 0, origin },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]
      await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] })
    },
  }
}
