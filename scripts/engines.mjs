// npm run engines: checks the built page in Firefox and in WebKitGTK (Debian's packages); Chromium is checked by
// `npm test`. An engine that is not there and cannot be installed is named and skipped.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checksOf } from './engines/checks.mjs'
import { openFirefox } from './engines/firefox.mjs'
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

/** @returns {Record<string, undefined | ((env: NodeJS.ProcessEnv) => Promise<import('./engines/browser.mjs').Browser>)>} */
function findEngines() {
  const firefox = process.env.FIREFOX_PATH ?? find('/usr/bin/firefox-esr', '/usr/bin/firefox')
  const driver = find('/usr/bin/WebKitWebDriver')
  const program = findMiniBrowser()
  return {
    Firefox: firefox ? (env) => openFirefox(firefox, env) : undefined,
    WebKitGTK: driver && program ? (env) => openWebKitGtk({ driver, program }, env) : undefined,
  }
}

const isComplete = () =>
  !Object.values(findEngines()).includes(undefined) && find('/usr/bin/Xvfb') && find('/usr/bin/pulseaudio')

installPackages()
if (!isComplete() && find('/usr/bin/apt-get') && run('apt-get', ['update', '-qq']))
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages])
if (!run('npx', ['vite', 'build', '--logLevel', 'warn'])) process.exit(1)

const { preview } = await import('vite')
const server = await preview({ preview: { port: 4390 }, logLevel: 'silent' })
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4390/'
let [passed, failed, skipped] = [0, 0, 0]

/** @param {Awaited<ReturnType<typeof openSurroundings>>} surroundings */
async function checkEngines({ env }) {
  const chosen = process.argv[2]
  for (const [name, open] of Object.entries(findEngines())) {
    if (chosen && chosen !== name) continue
    if (!open) {
      console.log(`${name} is not on this machine and could not be installed: skipped.`)
      skipped++
      continue
    }
    const browser = await open(env)
    for (const [check, act] of checksOf(browser, address)) {
      try {
        await act()
        passed++
        console.log(`✓ ${browser.name}: ${check}`)
      } catch (thrown) {
        failed++
        console.log(`✗ ${browser.name}: ${check}\n${thrown}`)
        // Each check begins where the one before ended.
        break
      }
    }
    await browser.close()
  }
}

if (find('/usr/bin/Xvfb') && find('/usr/bin/pulseaudio')) {
  const surroundings = await openSurroundings()
  await checkEngines(surroundings).finally(surroundings.close)
} else {
  console.log(
    'Xvfb and PulseAudio are not on this machine and could not be installed: both engines are skipped.',
  )
  skipped += 2
}
await server.close()
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed === 0 ? 0 : 1)
