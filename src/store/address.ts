/**
 * Reads and writes the settings, the bundled source and the view in the address, so that a link recreates the page's
 * state; audio is never in it. The values of an address are untrusted: an invalid one is ignored with a note, and the
 * default applies.
 */
import type { TimeRange } from '../audio/playback/player.ts'
import { correctionChoices } from '../base/mel-corrections.ts'
import { parseBetas } from './synthesis/betas.ts'
import {
  backendNames,
  defaultSettings,
  maxSeed,
  parseSeed,
  type Settings,
  scheduleModes,
  stepChoices,
} from './synthesis/settings.ts'
import { type FrequencyAxis, frequencyAxes } from './takes/view-state.ts'

export type Address = {
  readonly settings: Settings
  /** Id of a bundled example; absent if the source is the user's own. */
  readonly exampleId?: string
  /** The loop and the shown time range of that example. */
  readonly region?: TimeRange
  readonly shownSeconds?: TimeRange
  readonly frequencyAxis?: FrequencyAxis
}

export type ReadAddress = Address & {
  /** One sentence for each ignored value. */
  readonly notes: readonly string[]
}

const switchTexts = ['on', 'off'] as const

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/
const maxBetasCharacters = 20_000
/** Incremented when a name changes its meaning; new names alone do not need it. */
const addressVersion = 1
/** One hour, longer than any example. */
const maxSeconds = 3600

/** Parses a range such as "1.25-2.5". */
function parseTimeRange(text: string): TimeRange | undefined {
  const [, from, to] = /^(\d{1,4}(?:\.\d{1,3})?)-(\d{1,4}(?:\.\d{1,3})?)$/.exec(text) ?? []
  const [startSeconds, endSeconds] = [Number(from), Number(to)]
  return endSeconds > startSeconds && endSeconds <= maxSeconds ? { startSeconds, endSeconds } : undefined
}

function timeRangeText({ startSeconds, endSeconds }: TimeRange): string {
  return `${Number(startSeconds.toFixed(3))}-${Number(endSeconds.toFixed(3))}`
}

/** Reads `location.search`. Accepts any text and keeps the valid values. */
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
      notes.push(`The address says ${name}=${text.slice(0, 60)}, which was ignored. Accepted: ${accepted}.`)
    }
    return value
  }
  const oneOf =
    <Choice extends string>(choices: readonly Choice[]) =>
    (text: string) =>
      choices.find((choice) => choice === text)
  const correctionChoice = (text: string) => correctionChoices.find((choice) => String(choice) === text)
  const id = (text: string) => (idPattern.test(text) ? text : undefined)
  const betas = (text: string) =>
    text.length <= maxBetasCharacters && parseBetas(text).schedule ? text : undefined

  const version = read('v', (text) => (/^\d{1,4}$/.test(text) ? Number(text) : undefined), 'a whole number')
  if (version && version > addressVersion) {
    notes.push(
      `This link is from a newer version of the page (${version}; this one reads ${addressVersion}). Only what it understands was applied.`,
    )
  }
  const customBetas = read('betas', betas, 'numbers between 0 and 1, separated by commas')
  const settings: Settings = {
    size: read('size', id, 'the name of a model size') ?? defaultSettings.size,
    steps: read('steps', oneOf(stepChoices), stepChoices.join(', ')) ?? defaultSettings.steps,
    customBetas: customBetas ?? defaultSettings.customBetas,
    seed: read('seed', parseSeed, `a whole number from 0 to ${maxSeed}`) ?? defaultSettings.seed,
    scheduleMode:
      read('schedule', oneOf(scheduleModes), scheduleModes.join(', ')) ?? defaultSettings.scheduleMode,
    control: read('control', oneOf(switchTexts), switchTexts.join(', ')) === 'on',
  }
  const corrections = read('corrections', correctionChoice, correctionChoices.join(', '))
  const backend = read('backend', oneOf(backendNames), backendNames.join(', '))
  const exampleId = read('example', id, 'the name of a bundled example')
  const region = read('loop', parseTimeRange, 'two times in seconds, such as 1.2-2.5')
  const shownSeconds = read('view', parseTimeRange, 'two times in seconds, such as 0.5-3')
  const frequencyAxis = read('axis', oneOf(frequencyAxes), frequencyAxes.join(', '))
  return {
    settings: {
      ...settings,
      ...(corrections !== undefined && { corrections }),
      ...(backend && { backend }),
    },
    ...(exampleId && { exampleId }),
    ...(region && { region }),
    ...(shownSeconds && { shownSeconds }),
    ...(frequencyAxis && { frequencyAxis }),
    notes,
  }
}

/**
 * Returns the search part of the address, with its question mark. It includes custom betas only if they are in use,
 * time ranges only together with their example, and corrections only if the user chose them.
 */
export function writeAddress(address: Address): string {
  const { settings, exampleId, region, shownSeconds, frequencyAxis } = address
  const params = new URLSearchParams({ v: String(addressVersion) })
  if (exampleId) params.set('example', exampleId)
  params.set('size', settings.size)
  params.set('steps', settings.steps)
  if (settings.steps === 'custom' && parseBetas(settings.customBetas).schedule) {
    params.set('betas', settings.customBetas.trim())
  }
  params.set('seed', String(settings.seed))
  params.set('schedule', settings.scheduleMode)
  if (settings.corrections !== undefined) params.set('corrections', String(settings.corrections))
  if (settings.control) params.set('control', 'on')
  if (exampleId && region) params.set('loop', timeRangeText(region))
  if (exampleId && shownSeconds) params.set('view', timeRangeText(shownSeconds))
  if (frequencyAxis && frequencyAxis !== frequencyAxes[0]) params.set('axis', frequencyAxis)
  if (settings.backend) params.set('backend', settings.backend)
  return `?${params}`
}
