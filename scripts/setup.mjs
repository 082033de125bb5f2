// Installs the prerequisites of `npm start` and `npm test`: Node, the packages of the lock file, and a Chromium.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { findChromium } from './chromium.mjs'

const oldestNode = [20, 19]

/** Ends the process with one sentence that says what is missing and one that says how to fix it. */
function stop(/** @type {string} */ missing, /** @type {string} */ remedy) {
  console.error(`\n${missing}\n${remedy}\n`)
  process.exit(1)
}

/**
 * Runs a command with its output on this terminal; returns whether it succeeded.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  })
  return status === 0
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]))
    stop(
      `This is Node ${process.versions.node}; the build needs ${oldestNode.join('.')} or newer.`,
      'Install it from nodejs.org.',
    )
}

/** Installs the packages of the lock file, unless the last installation used the same lock file. */
export function installPackages() {
  const installed = 'node_modules/.package-lock.json'
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
  const present = existsSync(installed) ? JSON.parse(readFileSync(installed, 'utf8')).packages : {}
  const missing = Object.keys(wanted).some(
    (path) => path && !wanted[path].optional && present[path]?.version !== wanted[path].version,
  )
  if (!missing) return
  console.log('Installing the packages of package-lock.json ...')
  if (!run('npm', ['ci', '--no-audit', '--no-fund']))
    stop(
      'npm could not install the packages.',
      'Its message above says why; this step needs network access once.',
    )
}

/** Finds a Chromium for the tests: the machine's, otherwise Playwright's own, otherwise Debian's package. */
export function installChromium() {
  if (findChromium()) return
  console.log('No Chromium on this machine: asking Playwright to install one ...')
  if (run('npx', ['playwright', 'install', 'chromium'])) return
  console.log('Playwright could not install one: trying the Debian package ...')
  if (run('apt-get', ['update', '-qq']) && run('apt-get', ['install', '-y', '-qq', 'chromium'])) return
  stop(
    'There is no Chromium here, and none could be installed.',
    'Install Chrome or Chromium, or name one in CHROMIUM_PATH.',
  )
}
