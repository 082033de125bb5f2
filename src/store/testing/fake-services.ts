/** Services without workers or sound: each replies at once with small signals, and tests can make it fail or wait. */
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
import { ClipLibrary } from '../../audio/clip-library.ts'
import { ProblemError } from '../../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import type { ModelSummary, VocoderEngine } from '../../engine/vocoder-engine.ts'
import type { FileStore } from '../../storage/file-store.ts'
import { readAddress } from '../address.ts'
import { createPageStore } from '../page-store.ts'
import type { SampleClip } from '../samples/samples-state.ts'
import type { Services } from '../services.ts'
import { createSignalLibrary } from '../signal-library.ts'
import type { Example } from '../source/source-state.ts'
import type { PageState } from '../state.ts'
import { FakePlayer, FakeStreamPlayer } from './fake-player.ts'
import { FakeTrainer, FakeUserModels } from './fake-trainer.ts'

const convention: MelConvention = {
  sampleRateHz: 8000,
  fftSize: 16,
  hopSamples: 4,
  windowSamples: 16,
  bands: 2,
  lowHz: 0,
  highHz: 4000,
  scale: 'slaney',
  norm: 'slaney',
  magnitudeEpsilon: 1e-9,
  log: 'ln',
  floor: 1e-5,
}
const frames = 6

function model(objective: ModelSummary['objective'], betas: readonly number[]): ModelSummary {
  return {
    id: `${objective}-frames`,
    origin: 'published',
    objective,
    size: 'frames',
    parameters: 1,
    weightsSha256: objective === 'wavegrad' ? 'aa'.repeat(32) : 'bb'.repeat(32),
    mel: convention,
    prior: 'spectral',
    corrections: { count: 16, momentum: 0.9 },
    prediction: 'v',
    architecture: 'wavegrad',
    schedules: { 2: { betas, found: 'for tests' } },
  }
}

const examples: readonly Example[] = [
  { id: 'first', title: 'First', voice: '', language: 'en', text: 'One.', mel: 'first.npy', licence: '' },
  {
    id: 'second',
    title: 'Second',
    voice: '',
    language: 'en',
    text: 'Two.',
    mel: 'second.npy',
    audio: 'second.wav',
    licence: '',
  },
]

const sampleClips: readonly SampleClip[] = ['one', 'two'].map((id) => ({
  id,
  title: id,
  text: '',
  language: 'en',
  samples: [
    { system: 'wavegrad', steps: 2, file: `${id}-wavegrad-2.flac`, loudnessLufs: -20 },
    { system: 'infergrad', steps: 2, file: `${id}-infergrad-2.flac`, loudnessLufs: -23 },
  ],
}))

const audioOf = (value: number) => ({
  samples: new Float32Array(frames * convention.hopSamples).fill(value),
  sampleRateHz: convention.sampleRateHz,
})

const recordingOf = (value: number): Recording => ({
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

const analysis: Analysis = {
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
  analyse: async ({ audio }) => ({ audio, mel, ...unlevelled }),
  async measure({ audio, against }, { onProgress } = {}) {
    const levels = levelsOf(audio)
    if (!against) return levels
    onProgress?.(levels)
    return {
      ...levels,
      quality:
        'recording' in against
          ? { against: 'recording', figures: fakeFigures }
          : { against: 'mel', melErrorNats: 0.7, ...(against.magnitudes && { lsdDb: 8 }) },
    }
  },
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

/** A folder in memory that can simulate a full disk. */
export class FakeFiles implements FileStore {
  readonly keptIn = 'memory'
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()
  full = false
  async write(name: string, bytes: Uint8Array<ArrayBuffer>) {
    if (this.full) throw new ProblemError({ code: 'storage-full', message: 'Full.' })
    this.files.set(name, bytes)
  }
  async read(name: string) {
    const bytes = this.files.get(name)
    return bytes && new Blob([bytes])
  }
  names = async () => [...this.files.keys()]
  async remove(name: string) {
    this.files.delete(name)
  }
  clear = async () => this.files.clear()
}

const published = [model('infergrad', [0.1, 0.9]), model('wavegrad', [0.01, 0.5])]

function fakeEngine(userModels: FakeUserModels): VocoderEngine {
  return {
    start: async () => ({ name: 'cpu', detail: 'fake', software: false, skipped: [] }),
    listModels: async () => [...published, ...userModels.summaries(published[0])],
    loadModel: async (modelId) => model(modelId.startsWith('infer') ? 'infergrad' : 'wavegrad', [0.5]),
    async synthesize({ modelId, betas, estimates }, { onProgress } = {}) {
      onProgress?.({ step: 2, steps: 2, fraction: 1 })
      const { samples, sampleRateHz } = audioOf(modelId === 'wavegrad-frames' ? 0.1 : 0.2)
      const result = { samples, sampleRateHz, elapsedSeconds: 0.006, backend: 'cpu' as const }
      if (!estimates) return result
      return {
        ...result,
        estimates: [...betas.map((_, step) => audioOf(0.01 * (step + 1)).samples), samples],
      }
    },
    async synthesizeWithoutNetwork(_, { onProgress } = {}) {
      onProgress?.({ step: 0, steps: 0, fraction: 1 })
      return { ...audioOf(0.3), elapsedSeconds: 0.003, backend: 'cpu' }
    },
    pitch: async () => undefined,
    onEvent: () => () => {},
    dispose() {},
  }
}

/** Notes the name of each method that is called; every method is a call of the worker on the page. */
function noting(methods: Analysis, calls: string[]): Analysis {
  return new Proxy(methods, {
    get(target, name: keyof Analysis) {
      calls.push(name)
      return target[name]
    },
  })
}

/** Opens a store on fakes; `change` replaces single services or methods of the engine and the analysis. */
export function openFakePage(
  change: {
    readonly engine?: Partial<VocoderEngine>
    readonly analysis?: Partial<Analysis>
    readonly startRecording?: Services['startRecording']
    readonly spareCore?: boolean
    readonly search?: string
    readonly samples?: Partial<Services['samples']>
  } = {},
) {
  const clips = new ClipLibrary()
  const signals = createSignalLibrary()
  const player = new FakePlayer()
  const snapshotPlayer = new FakePlayer()
  const testPlayer = new FakePlayer()
  const denoisingPlayer = new FakePlayer()
  const readingPlayer = new FakePlayer()
  const batchPlayer = new FakePlayer()
  const streamPlayer = new FakeStreamPlayer()
  const comparisonPlayer = new FakePlayer()
  const samplePlayer = new FakePlayer()
  const folders = new Map<string, FakeFiles>()
  const trainer = new FakeTrainer()
  const userModels = new FakeUserModels()
  const analysisCalls: string[] = []
  const store = createPageStore(
    {
      engine: { ...fakeEngine(userModels), ...change.engine },
      analysis: noting({ ...analysis, ...change.analysis }, analysisCalls),
      clips,
      signals,
      player,
      snapshotPlayer,
      testPlayer,
      denoisingPlayer,
      readingPlayer,
      batchPlayer,
      streamPlayer,
      comparisonPlayer,
      samplePlayer,
      fileStore(folder) {
        const files = folders.get(folder) ?? new FakeFiles()
        folders.set(folder, files)
        return files
      },
      trainer,
      userModels,
      examples: {
        list: async () => examples,
        read: async () => new Uint8Array(1),
        voice: async () => ({
          title: 'Example voice',
          licence: 'CC0 1.0',
          clips: [
            { file: '01.flac', text: 'One.' },
            { file: '02.flac', text: 'Two.' },
          ],
        }),
      },
      samples: { clips: async () => sampleClips, read: async () => new Uint8Array(1), ...change.samples },
      decodeAudio: async () => recordingOf(0.5),
      startRecording:
        change.startRecording ??
        (async () => ({ finished: Promise.resolve(audioOf(0.4)), stop() {}, cancel() {} })),
      spareCore: change.spareCore ?? true,
    },
    readAddress(change.search ?? ''),
  )
  const page = () => store.getState()
  return {
    store,
    page,
    actions: store.actions,
    /** The names of the methods of the analysis that were called, in order. */
    analysisCalls,
    /** Changes state that no action changes. */
    change<Name extends keyof PageState>(name: Name, part: Partial<PageState[Name]>) {
      store.setState({ [name]: { ...page()[name], ...part } })
    },
    clips,
    signals,
    player,
    streamPlayer,
    snapshotPlayer,
    testPlayer,
    denoisingPlayer,
    readingPlayer,
    batchPlayer,
    comparisonPlayer,
    samplePlayer,
    folders,
    trainer,
    userModels,
  }
}

/** Opens the same store, with the engine started and the first example (or `exampleId`) open. */
export async function openReadyPage(
  change: Parameters<typeof openFakePage>[0] & { readonly exampleId?: string } = {},
) {
  const opened = openFakePage(change)
  await opened.actions.synthesis.startEngine()
  await opened.actions.source.loadExamples(change.exampleId)
  return opened
}
