// Collects the licences of all bundled packages in one file of the build. Without it, each of the 1,500 files of tfjs
// would keep its own comment in the script of the worker.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const fileName = 'licences.txt'
const legalComment = /\/\*(?:!|\*(?=[^/]*@license))[\s\S]*?\*\//g

/** @typedef {{ title: string, text: string, notices: Set<string> }} Licence */

/** The keys are name and version. The page and its workers are bundled separately, the page last. */
const licences = /** @type {Map<string, Licence>} */ (new Map())

/**
 * Records the packages of every bundle that it is part of. `write` adds the file to the build; set it for the last
 * bundle.
 * @param {{ write?: boolean }} options
 * @returns {import('vite').Plugin}
 */
export function collectLicences({ write = false } = {}) {
  return {
    name: 'collect-licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk') for (const id of chunk.moduleIds) record(id)
      if (write) this.emitFile({ type: 'asset', fileName, source: text() })
    },
  }
}

/** @param {string} id of a module, usually its path */
function record(id) {
  const path = id.split('?')[0]
  if (!path.includes('node_modules') || path.startsWith('\0') || !existsSync(path)) return
  const folder = packageFolder(path)
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const title = `${name} ${version}, ${license ?? 'licence not stated'}`
  let licence = licences.get(title)
  if (!licence) {
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
    const by = typeof author === 'object' ? author?.name : author
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : by ? `Author: ${by}` : ''
    licence = { title, text, notices: new Set() }
    licences.set(title, licence)
  }
  for (const [comment] of readFileSync(path, 'utf8').matchAll(legalComment))
    licence.notices.add(plain(comment))
}

/**
 * The nearest folder above whose package.json has a version; some packages have others that only set the module type.
 * @param {string} path
 */
function packageFolder(path) {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version) return folder
  }
  throw new Error(`${path} belongs to no package`)
}

/** @param {string} comment */
function plain(comment) {
  const lines = comment.replace(/^\/\*[*!]?|\*\/$/g, '').split('\n')
  return lines
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .filter((line) => !/^=+$/.test(line))
    .join('\n')
    .trim()
}

function text() {
  const parts = [...licences.values()]
    .toSorted((a, b) => a.title.localeCompare(b.title))
    .map(({ title, text, notices }) => [title, '-'.repeat(title.length), text, ...notices].join('\n\n'))
  return `This page contains the following packages.\n\n\n${parts.join('\n\n\n')}\n`
}
