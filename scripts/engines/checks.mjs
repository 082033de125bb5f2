// Checks that every engine must pass with the built page, step by step, by the names that a user sees.
import assert from 'node:assert/strict'

/** Functions that every expression may use. Names are those of `aria-label`, otherwise the text. */
const finders = `
  const nameOf = (element) => (element.getAttribute('aria-label') ?? element.textContent).trim()
  const isShown = (element) => element.checkVisibility()
  const button = (name, root = document) => [...root.querySelectorAll('button')].filter(isShown).find((one) => nameOf(one) === name)
  const group = (name) => [...document.querySelectorAll('[role="group"]')].filter(isShown).find((one) => nameOf(one) === name)
  const position = () => Number([...document.querySelectorAll('input[aria-label="Position"]')].find(isShown)?.value ?? 0)
  const field = (name) => [...document.querySelectorAll('input')].filter(isShown).find((one) => one.labels[0]?.textContent.trim().startsWith(name))
  const fill = (element, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(element, value)
    element.dispatchEvent(new Event('input', { bubbles: true }))
    element.dispatchEvent(new Event('focusout', { bubbles: true }))
  }
`
const within = (/** @type {string} */ expression) => `(() => { ${finders}; return ${expression} })()`

/** Generous, because the machine may be busy; nothing here measures time. */
const patienceMilliseconds = 300_000

/**
 * @param {import('./browser.mjs').Browser} browser
 * @param {string} address
 * @returns {readonly (readonly [string, () => Promise<void>])[]} name and check; each begins where the one before ends
 */
export function checksOf(browser, address) {
  const value = (/** @type {string} */ expression) => browser.evaluate(within(expression))
  const press = (/** @type {string} */ expression) => browser.press(within(expression))
  async function until(/** @type {string} */ expression) {
    const end = Date.now() + patienceMilliseconds
    while (!(await value(`Boolean(${expression})`))) {
      if (Date.now() > end)
        throw new Error(`never true: ${expression}\n${await value('document.body.innerText.slice(0, 3000)')}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const pressWhenThere = async (/** @type {string} */ expression) => {
    await until(`${expression} && ${expression}.ariaDisabled !== 'true' && !${expression}.disabled`)
    await press(expression)
  }
  /** Presses a button that plays. The page itself notes how far its clock gets, which a slow connection could miss. */
  async function playsAfter(/** @type {string} */ expression) {
    await value(`void (window.furthestSeconds = 0, setInterval(() => {
      window.furthestSeconds = Math.max(window.furthestSeconds, position())
    }, 20))`)
    await pressWhenThere(expression)
    await until('window.furthestSeconds > 0.3')
  }
  /** Shows a view, as its link in the navigation does. */
  const show = (/** @type {string} */ view) => value(`void (location.hash = '#/${view}')`)

  return [
    [
      'the page opens, isolated, and a sample plays',
      async () => {
        await browser.open(`${address}?example=lj-modern&backend=wasm#/start`)
        assert.equal(await value('crossOriginIsolated'), true)
        await until(`button('Play the samples')`)
        await playsAfter(`button('Play InferGrad, 2 steps')`)
      },
    ],
    [
      'a synthesis on wasm makes two takes',
      async () => {
        await show('listen')
        await pressWhenThere(`button('Synthesize')`)
        for (const name of ['InferGrad', 'WaveGrad'])
          await until(`group('${name}') && button('Download WAV', group('${name}'))`)
      },
    ],
    [
      'a downloaded WAV holds sound',
      async () => {
        await value(`void (() => {
          const create = URL.createObjectURL
          URL.createObjectURL = (blob) => {
            URL.createObjectURL = create
            blob.arrayBuffer().then((bytes) => {
              const samples = new Int16Array(bytes, 44)
              window.savedWav = {
                head: String.fromCharCode(...new Uint8Array(bytes, 0, 4)),
                seconds: samples.length / 22050,
                peak: samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
              }
            })
            return create.call(URL, blob)
          }
        })()`)
        await pressWhenThere(`button('Download WAV', group('InferGrad'))`)
        await until('window.savedWav')
        const { head, seconds, peak } = await value('window.savedWav')
        assert.equal(head, 'RIFF')
        assert.ok(seconds > 1 && seconds < 20, `${seconds} s`)
        assert.ok(peak > 1000, `peak ${peak}`)
      },
    ],
    [
      'a take plays',
      async () => {
        await playsAfter(`button('Start the clock')`)
      },
    ],
    [
      'ten steps of fine-tuning give a model that a reload keeps',
      async () => {
        await show('tune')
        await pressWhenThere(`button('Use the example voice')`)
        await until(`document.body.innerText.includes('11 recordings')`)
        await pressWhenThere(`button('All settings')`)
        for (const [name, number] of [
          ['Training steps', 10],
          ['Crops per step', 1],
          ['Crop, samples', 4096],
          ['Measured every, steps', 10],
          ['Snapshot every, steps', 10],
        ])
          await value(`fill(field('${name}'), '${number}')`)
        await value(`fill(field('Name of the model'), 'Ten steps')`)
        await pressWhenThere(`button('Start fine-tuning')`)
        await until(`/Finished after 10 steps/.test(document.body.innerText)`)
        await browser.open('about:blank')
        await browser.open(`${address}#/tune`)
        await until(`document.body.innerText.includes('Ten steps')`)
      },
    ],
  ]
}
