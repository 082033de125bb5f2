/**
 * Mel settings in a producer's configuration. A configuration is matched to the profile of its producer
 * (`producers/`), which knows its names, units and defaults. One that no profile recognises is read by the names that
 * any producer uses. A setting that looks like one of an analysis and is understood by neither is named.
 */
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import { quoted, type Refuse, refusalsOf } from '../../refusal.ts'
import type { Framing, MelStatistics, MelValues } from '../mel-reading.ts'
import { type NumberSetting, numberSettings, refusedSetting } from '../mel-settings.ts'
import { type ConfigText, parseConfigText, type Setting } from './config-text.ts'
import { decibels, type Key, ln, log10, type ProducerProfile, type ProfileKeys } from './profile.ts'
import { producerProfiles } from './profiles.ts'

export type ProducerConfig = {
  /** The producer whose configuration it is, if a profile recognised it. */
  readonly producer?: ProducerProfile
  /** The settings that the configuration states, and the defaults of its producer's code for the others. */
  readonly convention: Partial<MelConvention>
  /** The scales that its values can have; the values themselves decide between several. */
  readonly values?: readonly MelValues[]
  readonly statistics?: MelStatistics
  readonly framing?: Framing
  readonly preEmphasis?: number
  /**
   * Settings that look like those of an analysis but are not understood, such as "hop_dur: 12", with what each may
   * mean.
   */
  readonly notUnderstood?: readonly UnknownSetting[]
}

export type UnknownSetting = { readonly text: string; readonly setting: NumberSetting }

/** Names in use for each setting, for configurations that no profile recognises. */
const commonKeys: ProfileKeys = (() => {
  const keys: Partial<Record<NumberSetting, Key[]>> = {}
  for (const profile of producerProfiles) {
    for (const setting of numberSettings) {
      for (const key of profile.keys[setting] ?? []) {
        const known = keys[setting] ?? []
        // A name has a unit of its own only if its producer is known.
        if (typeof key === 'string' && !known.includes(key)) keys[setting] = [...known, key]
      }
    }
  }
  return {
    ...keys,
    windowSamples: [...(keys.windowSamples ?? []), 'window_size'],
    bands: [...(keys.bands ?? []), 'num_mel_bins'],
    fftSize: [...(keys.fftSize ?? []), 'fft_length'],
  }
})()

/** Names that may mean a setting. The user is asked about them if the setting is not known otherwise. */
const lookalikes: readonly [setting: NumberSetting, pattern: RegExp][] = [
  ['sampleRateHz', /sampl\w*_?(rate|freq)|(^|_)(sr|fs)($|_)/i],
  ['hopSamples', /hop|frame_?(shift|stride|step)|n_?shift|window_?(stride|shift)/i],
  ['fftSize', /n_?fft|fft_?(size|len|n)|filter_?length/i],
  ['windowSamples', /win_?(len|size|dur)|(^|_)win(dow)?(_|$)(?!type|fn|name|func)|frame_?(len|size)/i],
  ['bands', /mel_?(bins|bands|chan|dim|size|feat)|n(um)?_?mels?$|n_?filt|mel_?num/i],
  ['lowHz', /f_?min|low_?(freq|f|hz|cut)|min_?freq/i],
  ['highHz', /f_?max|high_?(freq|f|hz|cut)|max_?freq/i],
]

/** `file` is the name for messages. Refuses with `config-value`, `config-empty` or `json-*` problems. */
export function readProducerConfig(text: string, file = "The producer's configuration"): ProducerConfig {
  const refuse = refusalsOf(file)
  const config = parseConfigText(text, refuse)
  const producer = producerProfiles.find(({ isItsConfig }) => isItsConfig(config))
  const stated = readNumbers(config, producer?.keys ?? commonKeys, refuse)
  const statistics = readStatistics(config.settings)
  const unknownBeside = (known: Partial<MelConvention>) => {
    const notUnderstood = unknownSettings(config, known, producer?.keys ?? commonKeys)
    return notUnderstood.length > 0 && { notUnderstood }
  }
  if (producer) {
    const read = fromProfile(producer, config, stated)
    return { ...read, ...(statistics && { statistics }), ...unknownBeside(read.convention) }
  }
  const unknown = unknownBeside(stated)
  const convention = { ...stated, ...readFilterbank(config.settings) }
  const values = readValues(config.settings)
  if (Object.keys(convention).length === 0 && !statistics && !values && !unknown) {
    refuse('config-empty', 'contains no settings of mel spectrograms', {
      found: quoted([...config.settings.keys()].slice(0, 8).join(', ')),
      accepted: 'JSON or YAML with keys such as sampling_rate, hop_size, fft_size, num_mels, fmin, fmax',
      remedy:
        'Add the configuration with which the features were extracted, such as config.json or config.yaml.',
    })
  }
  return { convention, ...(values && { values: [values] }), ...(statistics && { statistics }), ...unknown }
}

function fromProfile(
  producer: ProducerProfile,
  config: ConfigText,
  stated: Partial<MelConvention>,
): ProducerConfig {
  const { defaults, scale, norm, values, framing, preEmphasis } = producer.details?.(config) ?? {}
  const { published } = producer
  const known: Partial<MelConvention> = {
    ...producer.defaults,
    ...defaults,
    ...stated,
    scale: scale ?? published.scale,
    norm: norm ?? published.norm,
  }
  const { sampleRateHz: rate, fftSize } = known
  return {
    producer,
    convention: {
      ...(fftSize !== undefined && { windowSamples: fftSize }),
      ...(rate !== undefined && { lowHz: 0, highHz: (producer.filterRateHz ?? rate) / 2 }),
      ...known,
    },
    values: values ?? producer.values,
    framing: framing ?? producer.framing,
    preEmphasis: preEmphasis ?? producer.preEmphasis ?? 0,
  }
}

function readNumbers({ settings }: ConfigText, keys: ProfileKeys, refuse: Refuse): Partial<MelConvention> {
  const fields: Partial<Record<NumberSetting, number>> = {}
  for (const field of numberSettings) {
    const found = (keys[field] ?? []).find((key) => {
      const value = settings.get(nameOf(key))
      // NeMo writes `window_size: false` beside n_window_size.
      return value !== undefined && value !== false
    })
    if (found === undefined) continue
    const name = nameOf(found)
    const value = settings.get(name) ?? meaningOfNull(field, fields)
    if (value === undefined) continue
    const samples = typeof value === 'number' ? inSamples(value, found, fields.sampleRateHz) : value
    const accepted = refusedSetting(field, samples)
    if (typeof samples !== 'number' || accepted !== undefined) {
      return refuse('config-value', `has an invalid ${name}`, {
        found: `${name}: ${quoted(String(value))}`,
        accepted,
        remedy: 'Correct it, or add the configuration with which the mel was made.',
      })
    }
    fields[field] = samples
  }
  return fields
}

const nameOf = (key: Key) => (typeof key === 'string' ? key : key.key)

function inSamples(value: number, key: Key, sampleRateHz: number | undefined): number {
  if (typeof key === 'string' || sampleRateHz === undefined) return value
  return Math.round(value * sampleRateHz * (key.unit === 'seconds' ? 1 : 0.001))
}

/** null means what it means to every producer: a window as long as the FFT, bands from 0 to half the sample rate. */
function meaningOfNull(
  field: NumberSetting,
  fields: Partial<Record<NumberSetting, number>>,
): number | undefined {
  if (field === 'windowSamples') return fields.fftSize
  if (field === 'lowHz') return 0
  if (field === 'highHz' && fields.sampleRateHz !== undefined) return fields.sampleRateHz / 2
  return undefined
}

/** Finds unknown names only for settings that are not stated under a known name. */
function unknownSettings(
  { settings }: ConfigText,
  settled: Partial<MelConvention>,
  keys: ProfileKeys,
): readonly UnknownSetting[] {
  const known = new Set(Object.values(keys).flatMap((list) => list.map(nameOf)))
  return [...settings].flatMap(([key, value]) => {
    if (typeof value !== 'number' || known.has(key)) return []
    const [setting] = lookalikes.find(([, pattern]) => pattern.test(key)) ?? []
    if (setting === undefined || settled[setting] !== undefined) return []
    return [{ text: `${key}: ${value}`, setting }]
  })
}

type Settings = ReadonlyMap<string, Setting>

function readFilterbank(settings: Settings): Partial<MelConvention> {
  const scale = settings.get('scale') ?? settings.get('mel_scale')
  const norm = settings.get('norm')
  const htk = settings.get('htk')
  return {
    ...(scale === 'slaney' || scale === 'htk'
      ? { scale }
      : typeof htk === 'boolean' && { scale: htk ? 'htk' : 'slaney' }),
    ...((norm === 'slaney' || norm === 'none') && { norm }),
  }
}

function readValues(settings: Settings): MelValues | undefined {
  const log = settings.get('log')
  if (log === 'ln' || log === 'log10') return { unit: log, of: 'magnitude' }
  if (log === 'db') return decibels.magnitude
  if (!settings.has('log_base')) return undefined
  return settings.get('log_base') === 10 ? log10.magnitude : ln.magnitude
}

function readStatistics(settings: Settings): MelStatistics | undefined {
  const mean = settings.get('mean')
  const deviation = settings.get('deviation') ?? settings.get('std') ?? settings.get('scale')
  if (isNumberOrList(mean) && isNumberOrList(deviation)) {
    return { mean: [mean].flat(), deviation: [deviation].flat() }
  }
  return undefined
}

function isNumberOrList(setting: Setting | undefined): setting is number | readonly number[] {
  return Array.isArray(setting) || typeof setting === 'number'
}
