/**
 * Mel settings in a producer's configuration: those of HiFi-GAN, FastSpeech 2, ESPnet 2, ParallelWaveGAN, coqui TTS and
 * both WaveGrads, under the names that each uses, and those of this page's own `config.json`.
 */
import type { MelConvention } from '../../dsp/mel-spectrogram.ts'
import { quoted, type Refuse, refusalsOf } from '../refusal.ts'
import { parseConfigText, type Setting } from './config-text.ts'
import type { MelReading, MelStatistics, MelValues } from './mel-reading.ts'
import { type NumberSetting, numberSettings, refusedSetting } from './mel-settings.ts'

export type ProducerConfig = {
  /** Only the settings that the configuration states. */
  readonly convention: Partial<MelConvention>
  readonly values?: MelValues
  readonly statistics?: MelStatistics
  readonly decibelRange?: MelReading['decibelRange']
}

const names = {
  sampleRateHz: ['sample_rate_hz', 'sampling_rate', 'sample_rate', 'fs', 'sr'],
  fftSize: ['fft_size', 'n_fft', 'filter_length', 'fft_length'],
  hopSamples: ['hop_samples', 'hop_length', 'hop_size', 'n_shift'],
  windowSamples: ['window_samples', 'win_length', 'win_size', 'window_size'],
  bands: ['bands', 'num_mels', 'n_mels', 'n_mel_channels', 'num_mel_bins'],
  lowHz: ['low_hz', 'fmin', 'mel_fmin', 'f_min'],
  highHz: ['high_hz', 'fmax', 'mel_fmax', 'f_max'],
  magnitudeEpsilon: ['magnitude_epsilon'],
  floor: ['floor'],
} as const satisfies Record<NumberSetting, readonly string[]>

/** `file` is the name for messages. Refuses with `config-value`, `config-empty` or `json-*` problems. */
export function readProducerConfig(text: string, file = "The producer's configuration"): ProducerConfig {
  const refuse = refusalsOf(file)
  const settings = parseConfigText(text, refuse)
  const convention = { ...readNumbers(settings, refuse), ...readFilterbank(settings) }
  const config = { ...readValues(settings), ...readStatistics(settings), convention }
  if (Object.keys(convention).length === 0 && Object.keys(config).length === 1) {
    refuse('config-empty', 'contains no settings of mel spectrograms', {
      found: quoted([...settings.keys()].slice(0, 8).join(', ')),
      accepted: 'JSON or YAML with keys such as sampling_rate, hop_size, fft_size, num_mels, fmin, fmax',
      remedy:
        'Add the configuration with which the features were extracted, such as config.json or config.yaml.',
    })
  }
  return config
}

type Settings = ReadonlyMap<string, Setting>

function readNumbers(settings: Settings, refuse: Refuse): Partial<MelConvention> {
  const fields: Partial<Record<NumberSetting, number>> = {}
  for (const field of numberSettings) {
    const key = names[field].find((name) => settings.has(name))
    if (key === undefined) continue
    const value = settings.get(key) ?? meaningOfNull(field, fields)
    if (value === undefined) continue
    const accepted = refusedSetting(field, value)
    if (typeof value !== 'number' || accepted !== undefined) {
      return refuse('config-value', `has an invalid ${key}`, {
        found: `${key}: ${quoted(String(value))}`,
        accepted,
        remedy: 'Correct it, or add the configuration with which the mel was made.',
      })
    }
    fields[field] = value
  }
  return fields
}

/** null means the default of every producer: a window as long as the FFT, bands from 0 to half the sample rate. */
function meaningOfNull(
  field: NumberSetting,
  fields: Partial<Record<NumberSetting, number>>,
): number | undefined {
  if (field === 'windowSamples') return fields.fftSize
  if (field === 'lowHz') return 0
  if (field === 'highHz' && fields.sampleRateHz !== undefined) return fields.sampleRateHz / 2
  return undefined
}

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

function readValues(settings: Settings): Pick<ProducerConfig, 'values' | 'decibelRange'> {
  const log = settings.get('log')
  if (log === 'ln' || log === 'log10') return { values: log }
  if (settings.has('log_base')) return { values: settings.get('log_base') === 10 ? 'log10' : 'ln' }
  if (!settings.has('spec_gain') && !settings.has('signal_norm')) return {}
  return readCoquiValues(settings)
}

/** coqui's AudioProcessor maps spec_gain * log_func(x) - ref_level_db from min_level_db..0 to -max_norm..max_norm. */
function readCoquiValues(settings: Settings): Pick<ProducerConfig, 'values' | 'decibelRange'> {
  if (settings.get('signal_norm') !== true) {
    const isNatural = settings.get('log_func') === 'np.log' && settings.get('spec_gain') === 1
    return { values: isNatural ? 'ln' : 'db' }
  }
  if (typeof settings.get('stats_path') === 'string') return { values: 'normalised' }
  const lowest = settings.get('min_level_db') ?? -100
  const reference = settings.get('ref_level_db') ?? 20
  if (typeof lowest !== 'number' || typeof reference !== 'number') return {}
  if (settings.get('symmetric_norm') === false || (settings.get('max_norm') ?? 4) !== 4) return {}
  return { values: 'symmetric-4', decibelRange: [reference + lowest, reference] }
}

function readStatistics(settings: Settings): Pick<ProducerConfig, 'values' | 'statistics'> {
  const mean = settings.get('mean')
  const deviation = settings.get('deviation') ?? settings.get('std') ?? settings.get('scale')
  if (!isList(mean) || !isList(deviation)) return {}
  const { values } = readValues(settings)
  const of = values === 'ln' || values === 'log10' ? { of: values } : {}
  return { values: 'normalised', statistics: { mean, deviation, ...of } }
}

function isList(setting: Setting | undefined): setting is readonly number[] {
  return Array.isArray(setting)
}
