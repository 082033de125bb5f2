// WebKitGTK's MiniBrowser, driven by the WebDriver that comes with it.
import { inView, startProgram } from './browser.mjs'

const port = 4391
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

/**
 * @param {{ readonly driver: string, readonly program: string }} paths
 * @param {{ readonly env: NodeJS.ProcessEnv, readonly signal: AbortSignal }} options `env` has a display; it ends when the
 *   signal is aborted
 * @returns {Promise<import('./browser.mjs').Browser>}
 */
export async function openWebKitGtk({ driver, program }, options) {
  await startProgram('sh', ['-c', `echo starting; exec "$0" --port=${port}`, driver], /starting/, options)

  /** @returns {Promise<any>} */
  async function request(
    /** @type {string} */ path,
    /** @type {object | undefined} */ body,
    method = 'POST',
  ) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      signal: options.signal,
    })
    const { value } = await response.json()
    if (!response.ok) throw new Error(value.message || value.error)
    return value
  }
  for (let tries = 0; tries < 50; tries++) {
    if (await request('/status', undefined, 'GET').catch(() => undefined)) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const { sessionId, capabilities } = await request('/session', {
    capabilities: {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary: program, args: ['--automation'] } },
    },
  })
  const session = `/session/${sessionId}`
  await request(`${session}/timeouts`, { script: 120_000, pageLoad: 120_000 })

  return {
    name: `WebKitGTK ${capabilities.browserVersion}`,
    async open(url) {
      await request(`${session}/url`, { url })
    },
    async evaluate(expression) {
      const script = `const done = arguments[0]
        Promise.resolve().then(() => ${expression}).then(
          (value) => done({ value: JSON.stringify(value ?? null) }),
          (error) => done({ error: String(error) }))`
      const { value, error } = await request(`${session}/execute/async`, { script, args: [] })
      if (error) throw new Error(error)
      return JSON.parse(value)
    },
    async press(expression) {
      const element = await request(`${session}/execute/sync`, {
        script: `return ${inView(expression)}`,
        args: [],
      })
      await request(`${session}/element/${element[elementKey]}/click`, {})
    },
  }
}
