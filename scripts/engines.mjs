// npm run engines: checks the built page in Firefox and in WebKitGTK (Debian's packages); Chromium is checked by
// `npm test`. An engine that is not there and cannot be installed is named and skipped.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { checksOf } from './engines/checks.mjs'
import { openFirefox } from './engines/firefox.mjs'
import { endsWithin } from './engines/limits.mjs'
import { openSurroundings } from './engines/surroundings.mjs'
import { openWebKitGtk } from './engines/webkitgtk.mjs'
import { installPackages, run } from './setup.mjs'

const packages = ['firefox-esr', 'webkit2gtk-driver', 'gstreamer1.0-plugins-good', 'pulseaudio', 'xvfb']

/** The first of these programs in the folders of Debian's packages. */
const find = (/** @type {string[]} */ ...paths) => paths.find((path) => existsSync(path))

/** MiniBrowser lies in a folder that names the version of the library. */
function findMiniBrowser() {
  for (const libraries of ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'])
    for (const folder of existsSync(libraries) ? readdirSync(libraries) : [])
      if (folder.startsWith('webkit2gtk-') && existsSync(join(libraries, folder, 'MiniBrowser')))
        return join(libraries, folder, 'MiniBrowser')
  return undefined
}

/** @typedef {(options: { env: NodeJS.ProcessEnv, signal: AbortSignal }) => Promise<import('./engines/browser.mjs').Browser>} Open */

/** @returns {Record<string, Open | undefined>} */
function findEngines() {
  const firefox = process.env.FIREFOX_PATH ?? find('/usr/bin/firefox-esr', '/usr/bin/firefox')
  const driver = find('/usr/bin/WebKitWebDriver')
  const program = findMiniBrowser()
  return {
    Firefox: firefox ? (options) => openFirefox(firefox, options) : undefined,
    WebKitGTK: driver && program ? (options) => openWebKitGtk({ driver, program }, options) : undefined,
  }
}

const hasSurroundings = () => find('/usr/bin/Xvfb') && find('/usr/bin/pulseaudio')
const isComplete = () => hasSurroundings() && !Object.values(findEngines()).includes(undefined)

/** Installs what is missing; if that fails or hangs, the engines are skipped. */
function install() {
  if (isComplete() || !find('/usr/bin/apt-get')) return
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 }
  if (run('apt-get', ['update', '-qq'], options))
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
}

/** One check may take this long, and so may the start of an engine. */
const [checkSeconds, startSeconds] = [240, 60]
let [passed, failed, skipped] = [0, 0, 0]

function skip(/** @type {string} */ name) {
  console.log(`${name} is not on this machine and could not be installed: skipped.`)
  skipped++
}

/** Starts an engine, once more if it fails. Returns it with a function that ends it. */
async function start(
  /** @type {string} */ name,
  /** @type {Open} */ open,
  /** @type {NodeJS.ProcessEnv} */ env,
) {
  for (let attempt = 1; ; attempt++) {
    const controller = new AbortController()
    const end = () => controller.abort()
    process.on('exit', end)
    try {
      return {
        browser: await endsWithin(`Start of ${name}`, startSeconds, open({ env, signal: controller.signal })),
        end,
      }
    } catch (thrown) {
      end()
      if (attempt === 2) throw thrown
      console.log(`${thrown}. Trying again.`)
    }
  }
}

async function check(
  /** @type {string} */ name,
  /** @type {Open} */ open,
  /** @type {NodeJS.ProcessEnv} */ env,
) {
  let doing = 'it starts'
  let shown = name
  let end = () => {}
  try {
    const started = await start(name, open, env)
    end = started.end
    shown = started.browser.name
    for (const [what, act] of checksOf(started.browser, address)) {
      doing = what
      const from = Date.now()
      await endsWithin(what, checkSeconds, act())
      passed++
      console.log(`✓ ${shown}: ${what} (${Math.round((Date.now() - from) / 1000)} s)`)
    }
  } catch (thrown) {
    // The next check would begin where this one should have ended.
    failed++
    console.log(`✗ ${shown}: ${doing}\n${thrown}`)
  } finally {
    end()
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

installPackages()
install()
const engines = Object.entries(findEngines()).filter(([name]) => !process.argv[2] || process.argv[2] === name)
const there = engines.flatMap(([name, open]) => (open && hasSurroundings() ? [{ name, open }] : []))
for (const [name] of engines) if (!there.some((one) => one.name === name)) skip(name)

let address = ''
if (there.length > 0) {
  if (!buildIfStale()) process.exit(1)
  const { preview } = await import('vite')
  const server = await preview({ preview: { port: 4390 }, logLevel: 'silent' })
  address = server.resolvedUrls?.local[0] ?? ''
  const ending = new AbortController()
  process.on('exit', () => ending.abort())
  const env = await endsWithin('Screen and sound output', startSeconds, openSurroundings(ending.signal))
  // One after the other: together they would share the sound output and two cores.
  for (const { name, open } of there) await check(name, open, env)
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed === 0 ? 0 : 1)
