/** The composition root: builds the workers, the libraries and the store, and passes them to the page. */
import { createRoot } from 'react-dom/client'
import { connectAnalysis } from './analysis/worker-proxy.ts'
import { ClipLibrary } from './audio/clip-library.ts'
import { WebStreamPlayer } from './audio/stream-player.ts'
import { WebAudioPlayer } from './audio/web-audio-player.ts'
import { importChunk } from './base/import-chunk.ts'
import { UserModelDatabase } from './engine/models/user-model-database.ts'
import { connectTrainer } from './engine/training/worker-proxy.ts'
import { connectEngine } from './engine/worker-proxy.ts'
import { openFileStore } from './storage/open-file-store.ts'
import { readAddress } from './store/address.ts'
import { pageAddress } from './store/page-address.ts'
import { createPageStore } from './store/page-store.ts'
import { openSampleLibrary } from './store/samples/sample-library.ts'
import { createSignalLibrary } from './store/signal-library.ts'
import { openExampleLibrary } from './store/source/examples.ts'
import type { PageState } from './store/state.ts'
import { App } from './ui/shell/App.tsx'
import { PageContext } from './ui/shell/page-context.ts'

const clips = new ClipLibrary()
const signals = createSignalLibrary()
const player = new WebAudioPlayer()
const samplePlayer = new WebAudioPlayer()
const address = readAddress(location.search)

const store = createPageStore(
  {
    engine: connectEngine(),
    analysis: connectAnalysis(),
    clips,
    signals,
    player,
    snapshotPlayer: new WebAudioPlayer(),
    testPlayer: new WebAudioPlayer(),
    denoisingPlayer: new WebAudioPlayer(),
    readingPlayer: new WebAudioPlayer(),
    batchPlayer: new WebAudioPlayer(),
    streamPlayer: new WebStreamPlayer(),
    comparisonPlayer: new WebAudioPlayer(),
    samplePlayer,
    fileStore: openFileStore,
    trainer: connectTrainer({ backend: address.settings.backend }),
    userModels: new UserModelDatabase(),
    examples: openExampleLibrary(new URL('examples/', document.baseURI).href),
    samples: openSampleLibrary(new URL('samples/', document.baseURI).href),
    // Both modules are loaded only when the user asks for them.
    decodeAudio: async (file) => (await importChunk(import('./audio/decode.ts'))).decodeAudio(file),
    startRecording: async (options) => {
      const { recorderOn } = await importChunk(import('./audio/recorder.ts'))
      return recorderOn(navigator.mediaDevices)(options)
    },
    // The vocoder uses two threads if it has no graphics device.
    spareCore: navigator.hardwareConcurrency > 2,
  },
  address,
)

const { actions } = store
if (address.frequencyAxis) actions.view.changeAxis(address.frequencyAxis)

// The weights and the first example start to load before the user presses anything, so that the first sound comes soon.
void actions.synthesis.startEngine()
void openFirstExample()
void actions.models.listUserModels()
void actions.training.findUnfinished()
void actions.test.findSaved()

async function openFirstExample(): Promise<void> {
  await actions.source.loadExamples(address.exampleId)
  actions.view.restore(address)
}

/** Browsers refuse more frequent changes of the address, which dragging would cause. */
const addressMilliseconds = 200
let writing: ReturnType<typeof setTimeout> | undefined
const addressParts = ({ synthesis, source, playback, view }: PageState) => [
  synthesis.settings,
  source.current,
  playback.region,
  view.shownSeconds,
  view.frequencyAxis,
]
store.subscribe((state, before) => {
  const partsBefore = addressParts(before)
  if (addressParts(state).every((part, index) => part === partsBefore[index])) return
  clearTimeout(writing)
  writing = setTimeout(() => {
    history.replaceState(null, '', pageAddress(store.getState()) + location.hash)
  }, addressMilliseconds)
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <PageContext value={{ store, clips, signals, player, samplePlayer }}>
    <App />
  </PageContext>,
)
