/** The second half of the composition root: builds the workers and the complete store, and starts what loads ahead. */
import { connectAnalysis } from './analysis/worker-proxy.ts'
import { ClipLibrary } from './audio/clip-library.ts'
import { WebStreamPlayer } from './audio/playback/stream-player.ts'
import { WebAudioPlayer } from './audio/playback/web-audio-player.ts'
import { importChunk } from './base/import-chunk.ts'
import { UserModelDatabase } from './engine/models/user-model-database.ts'
import { connectTrainer } from './engine/training/worker-proxy.ts'
import { connectEngine } from './engine/worker-proxy.ts'
import { openFileStore } from './storage/open-file-store.ts'
import { readAddress } from './store/address.ts'
import { pageAddress } from './store/page-address.ts'
import { createPageStore, type PageStore } from './store/page-store.ts'
import type { EarlyServices } from './store/services.ts'
import { createSignalLibrary } from './store/signal-library.ts'
import { openExampleLibrary } from './store/source/examples.ts'
import type { PageState } from './store/state.ts'
import type { StoreFrame } from './store/store-frame.ts'
import type { PageParts } from './ui/shell/page-context.ts'

/** @param frame has the slices of the first view, which act on `early`. */
export function openRestOfPage(frame: StoreFrame, early: EarlyServices): PageParts {
  const clips = new ClipLibrary()
  const player = new WebAudioPlayer()
  const signals = createSignalLibrary()
  const address = readAddress(location.search)
  const store = createPageStore(
    frame,
    {
      ...early,
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
      fileStore: openFileStore,
      trainer: connectTrainer({ backend: address.settings.backend }),
      userModels: new UserModelDatabase(),
      examples: openExampleLibrary(new URL('examples/', document.baseURI).href),
      startRecording: async (options) => {
        const { recorderOn } = await importChunk(import('./audio/recording/recorder.ts'))
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
  void actions.source.loadExamples(address.exampleId).then(() => actions.view.restore(address))
  // What earlier visits have left is for other views. Each is found in a task of its own, between which the user is answered.
  const later = [actions.models.listUserModels, actions.training.findUnfinished, actions.test.findSaved]
  for (const find of later) setTimeout(() => void find())
  keepAddressCurrent(store)
  return { store, clips, signals, player }
}

/** Browsers refuse more frequent changes of the address, which dragging would cause. */
const addressMilliseconds = 200

const addressParts = ({ synthesis, source, playback, view }: PageState) => [
  synthesis.settings,
  source.current,
  playback.region,
  view.shownSeconds,
  view.frequencyAxis,
]

function keepAddressCurrent(store: PageStore): void {
  let writing: ReturnType<typeof setTimeout> | undefined
  store.subscribe((state, before) => {
    const partsBefore = addressParts(before)
    if (addressParts(state).every((part, index) => part === partsBefore[index])) return
    clearTimeout(writing)
    writing = setTimeout(() => {
      history.replaceState(null, '', pageAddress(store.getState()) + location.hash)
    }, addressMilliseconds)
  })
}
