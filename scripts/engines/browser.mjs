// The type of a browser as the checks of the engines use it, and functions for the processes around one.
import { spawn } from 'node:child_process'

/**
 * @typedef {object} Browser
 * @property {string} name with its version
 * @property {(address: string) => Promise<void>} open resolves when the page has loaded
 * @property {(expression: string) => Promise<any>} evaluate value of an expression in the page; a promise is awaited
 * @property {(expression: string) => Promise<void>} press clicks the element that the expression gives, as a user does
 * @property {() => Promise<void>} close
 */

/**
 * Starts a program; resolves with what `pattern` first matches in its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RegExp} pattern
 * @param {NodeJS.ProcessEnv} env
 */
export async function startProgram(command, args, pattern, env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  // The browser is closed even when the checks fail.
  process.on('exit', () => child.kill())
  /** @type {RegExpMatchArray} */
  const matched = await new Promise((resolve, reject) => {
    let output = ''
    const read = (/** @type {Buffer} */ bytes) => {
      output += bytes
      const found = output.match(pattern)
      if (found) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code}: ${output.slice(-500)}`)))
  })
  return { child, matched }
}

/** Scrolls the element into view and gives it. */
export const inView = (/** @type {string} */ expression) =>
  `(() => { const element = ${expression}; element.scrollIntoView({ block: 'center' }); return element })()`
