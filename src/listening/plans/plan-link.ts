/**
 * A test plan as the end of a link: its JSON, deflated (RFC 1951), in base64url (RFC 4648, section 5). It stands behind
 * the # of the address, so that no server sees it and none limits its length.
 */
import { ProblemError } from '../../base/problem.ts'
import { readPlan, writePlan } from './plan-file.ts'
import type { TestPlan } from './test-plan.ts'

const prefix = '#/test?plan='
/** A plan of a prepared test takes about 500 characters; the longest that the schema allows takes less than this. */
const maxCodeCharacters = 100_000
/** The text of a plan is limited after inflation, too, because a short code can inflate to gigabytes. */
const maxTextBytes = 1_000_000

/** Returns the plan as a hash, with its #. Rejects with `plan-has-takes` as `writePlan` does. */
export async function planHash(plan: TestPlan): Promise<string> {
  const text = JSON.stringify(JSON.parse(writePlan(plan)))
  const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer())
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return prefix + btoa(binary).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '')
}

/** Whether the hash of an address claims to hold a plan. */
export function holdsPlan(hash: string): boolean {
  return hash.startsWith(prefix)
}

/**
 * Reads the plan from a hash for which `holdsPlan` is true. Rejects with `plan-link-damaged` if it cannot be decoded,
 * and with the problems of `readPlan`.
 */
export async function readPlanHash(hash: string): Promise<TestPlan> {
  return readPlan(await inflatedText(hash.slice(prefix.length)), 'The link')
}

async function inflatedText(code: string): Promise<string> {
  if (!/^[\w-]+$/.test(code) || code.length > maxCodeCharacters) throw damaged()
  try {
    const binary = atob(code.replace(/[-_]/g, (sign) => (sign === '-' ? '+' : '/')))
    const bytes = Uint8Array.from(binary, (sign) => sign.charCodeAt(0))
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    return await limitedText(inflated)
  } catch (cause) {
    throw damaged(cause)
  }
}

async function limitedText(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  for (let length = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.length
    if (length > maxTextBytes) {
      await reader.cancel()
      throw new RangeError(`a plan of more than ${maxTextBytes} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}

function damaged(cause?: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'plan-link-damaged',
      message: 'The link to a listening test is damaged, so its plan cannot be read.',
      accepted: 'the whole link, as “Copy test link” gives it',
      remedy: 'Ask for the link again; mail programs sometimes cut long links. A plan file works, too.',
    },
    { cause },
  )
}
