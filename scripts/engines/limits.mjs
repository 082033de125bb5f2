// Limits on waiting, so that an engine that hangs fails with a name. A busy machine gets up to three times as long.
import { availableParallelism, loadavg } from 'node:os'

/** How many times longer than on an idle machine everything may take. */
const busyness = () => Math.min(3, Math.max(1, loadavg()[0] / availableParallelism()))

/** The end of `seconds` from now, in milliseconds of `Date.now()`. */
export const deadlineAfter = (/** @type {number} */ seconds) => Date.now() + seconds * 1000 * busyness()

/**
 * Settles as `promise` does, or rejects with the name of what was awaited when `seconds` are over.
 * @template Result
 * @param {string} what
 * @param {number} seconds
 * @param {Promise<Result>} promise
 * @returns {Promise<Result>}
 */
export function endsWithin(what, seconds, promise) {
  const milliseconds = deadlineAfter(seconds) - Date.now()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${what}: not done after ${Math.round(milliseconds / 1000)} s`)),
      milliseconds,
    )
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
