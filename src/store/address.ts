/**
 * The settings and the bundled source in the address, so that a link recreates a run; never audio. What an address says is
 * untrusted: a wrong value is ignored with a note, and the default stands.
 */
import { parseBetas } from './betas.ts'
import {
  backendNames,
  defaultSettings,
  largestSeed,
  parseSeed,
  type Settings,
  scheduleModes,
  stepChoices,
} from './settings.ts'

export type Address = {
  readonly settings: Settings
  /** Id of a bundled example; absent when the source is the user's own. */
  readonly exampleId?: string
}

export type ReadAddress = Address & {
  /** One sentence per value that was ignored. */
  readonly notes: readonly string[]
}

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/
const longestBetas = 20_000

/** Reads `location.search`. Accepts anything; keeps what is valid. */
export function readAddress(search: string): ReadAddress {
  const params = new URLSearchParams(search)
  const notes: string[] = []

  function read<Value>(
    name: string,
    parse: (text: string) => Value | undefined,
    accepted: string,
  ): Value | undefined {
    const text = params.get(name)
    if (text === null) return undefined
    const value = parse(text)
    if (value === undefined) {
      notes.push(`The address says ${name}=${text.slice(0, 60)}, which was ignored; accepted: ${accepted}.`)
    }
    return value
  }
  const oneOf =
    <Choice extends string>(choices: readonly Choice[]) =>
    (text: string) =>
      choices.find((choice) => choice === text)
  const id = (text: string) => (idPattern.test(text) ? text : undefined)
  const betas = (text: string) =>
    text.length <= longestBetas && parseBetas(text).schedule ? text : undefined

  const customBetas = read('betas', betas, 'numbers between 0 and 1, separated by commas')
  const settings: Settings = {
    size: read('size', id, 'the name of a model size') ?? defaultSettings.size,
    steps: read('steps', oneOf(stepChoices), stepChoices.join(', ')) ?? defaultSettings.steps,
    customBetas: customBetas ?? defaultSettings.customBetas,
    seed: read('seed', parseSeed, `a whole number from 0 to ${largestSeed}`) ?? defaultSettings.seed,
    scheduleMode:
      read('schedule', oneOf(scheduleModes), scheduleModes.join(', ')) ?? defaultSettings.scheduleMode,
  }
  const backend = read('backend', oneOf(backendNames), backendNames.join(', '))
  const exampleId = read('example', id, 'the name of a bundled example')
  return { settings: backend ? { ...settings, backend } : settings, ...(exampleId && { exampleId }), notes }
}

/** The search part of the address, with its question mark. A custom list is written only where it is used. */
export function writeAddress({ settings, exampleId }: Address): string {
  const params = new URLSearchParams()
  if (exampleId) params.set('example', exampleId)
  params.set('size', settings.size)
  params.set('steps', settings.steps)
  if (settings.steps === 'custom' && parseBetas(settings.customBetas).schedule) {
    params.set('betas', settings.customBetas.trim())
  }
  params.set('seed', String(settings.seed))
  params.set('schedule', settings.scheduleMode)
  if (settings.backend) params.set('backend', settings.backend)
  return `?${params}`
}
