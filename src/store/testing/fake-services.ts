/** Services without workers or sound: each replies at once with small signals, and tests can make it fail or wait. */
import type { Analysis } from '../../analysis/analysis.ts'
import { ClipLibrary } from '../../audio/clip-library.ts'
import { ProblemError } from '../../base/problem.ts'
import type { ModelSummary, VocoderEngine } from '../../engine/vocoder-engine.ts'
import type { FileStore } from '../../storage/file-store.ts'
import { readAddress } from '../address.ts'
import { createEarlyStore } from '../early-store.ts'
import { createPageStore } from '../page-store.ts'
import type { SampleClip } from '../samples/samples-state.ts'
import type { Services } from '../services.ts'
import { createSignalLibrary } from '../signal-library.ts'
import type { Example } from '../source/source-state.ts'
import type { PageState } from '../state.ts'
import { createStoreFrame } from '../store-frame.ts'
import { audioOf, convention, fakeAnalysis, noting, recordingOf } from './fake-analysis.ts'
import { FakePlayer, FakeStreamPlayer } from './fake-player.ts'
import { FakeTrainer, FakeUserModels } from './fake-trainer.ts'

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
    corrections: { count: 16, momentum: 0.9, scope: 'all' },
    correctsVoiced: true,
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
  sampleRateHz: 22050,
  samples: [
    { system: 'wavegrad', steps: 2, file: `${id}-wavegrad-2.flac`, picture: '', loudnessLufs: -20 },
    { system: 'infergrad', steps: 2, file: `${id}-infergrad-2.flac`, picture: '', loudnessLufs: -23 },
  ],
}))

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

/** A result of the vocoder whose samples all have one value. */
export function fakeSpeech(value: number, elapsedSeconds = 1) {
  return { ...audioOf(value), elapsedSeconds, backend: 'cpu' as const }
}

function fakeEngine(userModels: FakeUserModels): VocoderEngine {
  return {
    start: async () => ({ name: 'cpu', detail: 'fake', software: false, skipped: [] }),
    listModels: async () => [...published, ...userModels.summaries(published[0])],
    loadModel: async (modelId) => model(modelId.startsWith('infer') ? 'infergrad' : 'wavegrad', [0.5]),
    async synthesize({ modelId, betas, estimates }, { onProgress } = {}) {
      onProgress?.({ step: 2, steps: 2, fraction: 1 })
      const result = fakeSpeech(modelId === 'wavegrad-frames' ? 0.1 : 0.2, 0.006)
      if (!estimates) return result
      return {
        ...result,
        estimates: [...betas.map((_, step) => audioOf(0.01 * (step + 1)).samples), result.samples],
      }
    },
    async stream(_, { onProgress } = {}) {
      const { samples, ...report } = fakeSpeech(0.2, 0.006)
      onProgress?.({ step: 2, steps: 2, fraction: 1, piece: { startSample: 0, samples } })
      return report
    },
    async synthesizeWithoutNetwork(_, { onProgress } = {}) {
      onProgress?.({ step: 0, steps: 0, fraction: 1 })
      return fakeSpeech(0.3, 0.003)
    },
    pitch: async () => undefined,
    onEvent: () => () => {},
    dispose() {},
  }
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
  const services: Services = {
    engine: { ...fakeEngine(userModels), ...change.engine },
    analysis: noting({ ...fakeAnalysis, ...change.analysis }, analysisCalls),
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
  }
  const frame = createStoreFrame()
  createEarlyStore(frame, services)
  const store = createPageStore(frame, services, readAddress(change.search ?? ''))
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
