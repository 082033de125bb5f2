// Checks that every engine must pass with the built page, step by step, by the names that a user sees.
import assert from 'node:assert/strict'
import { deadlineAfter } from './limits.mjs'

/** Functions that every expression may use. Names are those of `aria-label`, otherwise the text without what is hidden from screen readers. */
const finders = `
  const readText = (element) => [...element.childNodes].map((node) => node.ariaHidden === 'true' ? '' : node.textContent).join('')
  const nameOf = (element) => (element.getAttribute('aria-label') ?? readText(element)).trim()
  const isShown = (element) => element.checkVisibility()
  const button = (name, root = document) => [...root.querySelectorAll('button')].filter(isShown).find((one) => nameOf(one) === name)
  const group = (name) => [...document.querySelectorAll('[role="group"]')].filter(isShown).find((one) => nameOf(one) === name)
  const section = (name) => [...document.querySelectorAll('section')].filter(isShown).find((one) => nameOf(one) === name)
  const position = () => Number([...document.querySelectorAll('input[aria-label="Position"]')].find(isShown)?.value ?? 0)
  const field = (name) => [...document.querySelectorAll('input')].filter(isShown).find((one) => one.labels[0]?.textContent.trim().startsWith(name))
  const fill = (element, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(element, value)
    element.dispatchEvent(new Event('input', { bubbles: true }))
    element.dispatchEvent(new Event('focusout', { bubbles: true }))
  }
  const isAtRest = (element) => {
    const { x, y } = element?.getBoundingClientRect() ?? {}
    const place = [x, y].join()
    const before = window.lastPlace
    window.lastPlace = place
    return element && place === before
  }
  const choose = (name, value) => {
    const select = [...document.querySelectorAll('select')].filter(isShown).find((one) => readText(one.labels[0]).startsWith(name))
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }
`
const within = (/** @type {string} */ expression) => `(() => { ${finders}; return ${expression} })()`

/** How long one thing may take to come true: generous, but less than it takes until a worker that hangs is replaced. */
const timeoutSeconds = 50
/** The fewest that the page offers. */
const abxTrials = 8

/**
 * @param {import('./browser.mjs').Browser} browser
 * @param {string} address
 * @returns {readonly (readonly [string, () => Promise<void>])[]} name and check; each begins where the one before ends
 */
export function checksOf(browser, address) {
  const value = (/** @type {string} */ expression) => browser.evaluate(within(expression))
  const press = (/** @type {string} */ expression) => browser.press(within(expression))
  async function until(/** @type {string} */ expression) {
    const end = deadlineAfter(timeoutSeconds)
    while (!(await value(`Boolean(${expression})`))) {
      if (Date.now() > end)
        throw new Error(`never true: ${expression}\n${await value('document.body.innerText.slice(0, 3000)')}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const pressWhenThere = async (/** @type {string} */ expression) => {
    await until(`${expression} && ${expression}.ariaDisabled !== 'true' && !${expression}.disabled`)
    // While parts of the page arrive, a press could land beside a button that moves.
    await until(`isAtRest(${expression})`)
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
  /** Presses a button that saves a file; returns the result of `read`, a function in the page, for its bytes. */
  async function downloadedBy(/** @type {string} */ button, /** @type {string} */ read) {
    await value(`void (() => {
      window.saved = undefined
      const create = URL.createObjectURL
      URL.createObjectURL = (blob) => {
        URL.createObjectURL = create
        blob.arrayBuffer().then((bytes) => { window.saved = (${read})(bytes) })
        return create.call(URL, blob)
      }
    })()`)
    await pressWhenThere(button)
    await until('window.saved')
    return value('window.saved')
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
        await until(`document.querySelector('.uplot')`)
      },
    ],
    [
      'a downloaded WAV holds sound',
      async () => {
        const { head, seconds, peak } = await downloadedBy(
          `button('Download WAV', group('InferGrad'))`,
          `(bytes) => {
            const samples = new Int16Array(bytes, 44)
            return {
              head: String.fromCharCode(...new Uint8Array(bytes, 0, 4)),
              seconds: samples.length / 22050,
              peak: samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
            }
          }`,
        )
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
      'a blind test of two takes shows nothing else, and gives a result file',
      async () => {
        await show('test')
        await until(`button('Start ABX test')`)
        await value(`choose('Trials', '${abxTrials}')`)
        await pressWhenThere(`button('Start ABX test')`)
        for (let trial = 1; trial <= abxTrials; trial++) {
          await until(`section('Trial ${trial} of ${abxTrials}')`)
          // A modal dialog is above everything else.
          assert.equal(await value(`document.querySelector('dialog[open]').matches(':modal')`), true)
          for (const stimulus of ['A', 'B', 'X']) {
            const listen = `button('Play ${stimulus}')`
            await pressWhenThere(listen)
            await until(`${listen}.ariaPressed === 'true'`)
          }
          await pressWhenThere(`button('X is A')`)
        }
        const { format, session } = await downloadedBy(
          `button('Export results')`,
          '(bytes) => JSON.parse(new TextDecoder().decode(bytes))',
        )
        assert.equal(format, 'listening-result')
        assert.equal(session.trials.length, abxTrials)
        assert.equal(session.answers.length, abxTrials)
        await pressWhenThere(`button('New test')`)
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
