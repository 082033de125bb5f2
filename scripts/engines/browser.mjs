// The type of a browser as the checks of the engines use it, and functions for the processes around one.
import { spawn } from 'node:child_process'

/**
 * @typedef {object} Browser
 * @property {string} name with its version
 * @property {(address: string) => Promise<void>} open resolves when the page has loaded
 * @property {(expression: string) => Promise<any>} evaluate value of an expression in the page; a promise is awaited
 * @property {(expression: string) => Promise<void>} press clicks the element that the expression gives, as a user does
 */

/**
 * Starts a program; resolves with what `pattern` first matches in its output. The program and all that it starts end when
 * `signal` is aborted.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RegExp} pattern
 * @param {{ readonly env: NodeJS.ProcessEnv, readonly signal: AbortSignal }} options
 * @returns {Promise<RegExpMatchArray>}
 */
export function startProgram(command, args, pattern, { env, signal }) {
  // With a process group of its own, which can be ended as a whole.
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  signal.addEventListener('abort', () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // All of them have ended.
    }
  })
  return new Promise((resolve, reject) => {
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
}

/** Scrolls the element into view and gives it. */
export const inView = (/** @type {string} */ expression) =>
  `(() => { const element = ${expression}; element.scrollIntoView({ block: 'center' }); return element })()`
