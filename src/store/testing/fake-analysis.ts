/** An analysis without a worker: it replies at once with small signals, and recognises files by their names. */
import type {
  Analysis,
  Audio,
  Difference,
  Figures,
  Levels,
  MelFileReport,
  OpenedFile,
  Recording,
} from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import { hifiGanConvention } from '../../dsp/mel/hifi-gan-convention.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'

export const convention: MelConvention = {
  ...hifiGanConvention,
  sampleRateHz: 8000,
  fftSize: 16,
  hopSamples: 4,
  windowSamples: 16,
  bands: 2,
  highHz: 4000,
}
const frames = 6

export const audioOf = (value: number) => ({
  samples: new Float32Array(frames * convention.hopSamples).fill(value),
  sampleRateHz: convention.sampleRateHz,
})

export const recordingOf = (value: number): Recording => ({
  ...audioOf(value),
  channels: { count: 1, used: [0], differ: false },
})

export const melReport: MelFileReport = {
  recognisedAs: 'a mel',
  reading: {
    bandAxis: 0,
    values: { unit: 'ln', of: 'magnitude' },
    convention,
    framing: 'padded',
    preEmphasis: 0,
    cutPadding: false,
  },
  assumed: [],
  conversion: 'none',
  conversionNote: '',
  warnings: [],
  shape: [2, frames],
}

const refusal = (name: string) =>
  new ProblemError({ code: 'file-unknown', message: `${name} is neither a mel nor audio.`, file: name })

const flat = (unit: Difference['unit']): Difference => ({
  frames: 1,
  bins: 2,
  hopSeconds: 0.01,
  unit,
  values: Float32Array.of(-1, 2),
  overTime: Float32Array.of(1.5),
  overFrequency: Float32Array.of(1, 2),
  biasOverFrequency: Float32Array.of(-1, 2),
  total: 1.5,
  uncomparedSeconds: 0,
})

const mel: MelSpectrogram = { frames, bands: 2, values: new Float32Array(frames * 2) }

export const fakeMelFile = { kind: 'mel', mel, report: melReport } as const satisfies OpenedFile

const unlevelled = { gainDb: 0, clippedPlaces: 0 }

export const fakeAudioFile = {
  kind: 'audio',
  audio: audioOf(0.5),
  mel,
  fileRateHz: 8000,
  channels: { count: 1, used: [0], differ: false },
  ...unlevelled,
} as const satisfies OpenedFile

export const fakeFigures: Figures = {
  melMae: 0.5,
  lsdDb: 10,
  mrstft: 1,
  mcd13Db: 4,
  stoi: 0.9,
  hfDb: 0,
  levelDb: -1,
}

/** The loudness follows from the first sample, so that takes differ in level. */
export const levelsOf = ({ samples }: Pick<Audio, 'samples'>): Levels => ({
  loudnessLufs: 20 * Math.log10(samples[0]),
  spectrogram: { frames: 1, bins: 2, hopSeconds: 0.01, highHz: 4000, levelsDb: Float32Array.of(-60, -12) },
  peakDb: -12,
})

export const fakeAnalysis: Analysis = {
  async open({ name, override }) {
    if (name.startsWith('bad')) throw refusal(name)
    if (name.endsWith('.flac')) return { kind: 'encoded-audio' }
    if (name.endsWith('.wav')) return fakeAudioFile
    if (override?.values?.scaling) return { kind: 'mel', report: { ...melReport, question: 'Which axis?' } }
    return fakeMelFile
  },
  async decode({ name }) {
    if (name.startsWith('bad')) throw refusal(name)
    if (name.endsWith('.flac')) return { kind: 'encoded-audio' }
    return name.endsWith('.wav') ? { kind: 'audio', recording: recordingOf(0.5) } : { kind: 'mel' }
  },
  unpack: async () => ({
    files: ['a.wav', 'config.yaml', 'b.npy'].map((name) => ({ name, blob: new Blob(['x']) })),
    leftOut: [],
  }),
  analyse: async ({ audio }) => ({ audio, mel, ...unlevelled }),
  measure: async ({ audio }) => levelsOf(audio),
  compare: async ({ against }) => ({
    quality:
      'recording' in against
        ? { against: 'recording', figures: fakeFigures }
        : { against: 'mel', melErrorNats: 0.7, ...(against.magnitudes && { lsdDb: 8 }) },
  }),
  griffinLim: async () => audioOf(0.25),
  openReference: async () => ({
    frames: 1,
    bins: 2,
    hopSeconds: 0.01,
    highHz: 4000,
    levelsDb: Float32Array.of(-50, -10),
  }),
  difference: async () => flat('dB'),
  melDifference: async () => flat('nat'),
  lowPass: async ({ audio }) => audio,
  sha256: async ({ samples }) =>
    Math.round(1000 * samples[0])
      .toString(16)
      .padStart(64, '0'),
  encodeWav: async () => new Uint8Array(44),
  encodeMel: async () => new Uint8Array(128),
  dispose() {},
}

/** Notes the name of each method that is called; every method is a call of the worker on the page. */
export function noting(methods: Analysis, calls: string[]): Analysis {
  return new Proxy(methods, {
    get(target, name: keyof Analysis) {
      calls.push(name)
      return target[name]
    },
  })
}
