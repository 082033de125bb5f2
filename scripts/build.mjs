// Builds the page, unless dist/ is newer than everything that it is made from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './setup.mjs'

const sources = [
  'index.html',
  'package-lock.json',
  'public',
  'scripts',
  'src',
  'tsconfig.page.json',
  'vite.config.ts',
]

/** When a file, or any file or folder of a folder, was last changed, in milliseconds since 1970. A folder changes when a file leaves it. */
function changedAt(/** @type {string} */ path) {
  const stats = statSync(path)
  let latest = stats.mtimeMs
  if (stats.isDirectory())
    for (const name of readdirSync(path)) latest = Math.max(latest, changedAt(join(path, name)))
  return latest
}

/** Returns whether dist/ holds the page as it is now. */
export function buildIfStale() {
  // The last file that a build writes.
  const last = 'dist/service-worker.js'
  if (existsSync(last) && sources.every((path) => changedAt(path) < changedAt(last))) return true
  return run('npx', ['vite', 'build', '--logLevel', 'warn'])
}
