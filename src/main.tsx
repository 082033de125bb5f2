/**
 * The composition root. It builds what the first view needs and paints it; `rest-of-page.ts`, which is fetched
 * meanwhile, builds everything else.
 */

// These come first, so that the styles of a component override them.
import './ui/styles/theme.css'
import './ui/styles/base.css'
import './ui/styles/layout.css'
import './ui/styles/controls.css'
import './ui/styles/buttons.css'
import './ui/styles/inputs.css'
import './ui/styles/figures.css'
import './ui/styles/forced-colors.css'
import { createRoot } from 'react-dom/client'
import { decodeAudio } from './audio/decode.ts'
import { WebAudioPlayer } from './audio/playback/web-audio-player.ts'
import { importChunk } from './base/import-chunk.ts'
import { expectedBackend } from './engine/backends/graphics-adapter.ts'
import { createEarlyStore } from './store/early-store.ts'
import { openSampleLibrary } from './store/samples/sample-library.ts'
import type { EarlyServices } from './store/services.ts'
import { createStoreFrame } from './store/store-frame.ts'
import { viewAt } from './ui/navigation/view-address.ts'
import { App } from './ui/shell/App.tsx'
import { PageContext, type PageParts } from './ui/shell/page-context.ts'

const services: EarlyServices = {
  samplePlayer: new WebAudioPlayer(),
  samples: openSampleLibrary(new URL('samples/', document.baseURI).href),
  decodeAudio,
}
const frame = createStoreFrame()
const store = createEarlyStore(frame, services)
// The samples are on their way before anything is painted, and so before the models, which would slow their decoding.
if (viewAt(location.hash, location.search).id === 'start') void store.actions.samples.load()

/** Resolves after the first paint. A tab in the background paints nothing, so it does not wait. */
const painted = new Promise<void>((resolve) => {
  if (document.hidden) resolve()
  else requestAnimationFrame(() => setTimeout(resolve))
})

/** Lets those of the links of scripts/preload-plugin.mjs take effect. */
function preload(links: string): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>(links)) link.rel = link.dataset.rel ?? ''
}

const whole = new Promise<PageParts>((resolve) => {
  painted
    .then(() => {
      preload('link[data-rel]:not([data-backend])')
      void expectedBackend().then((backend) => preload(`link[data-backend=${backend}]`))
      return importChunk(import('./rest-of-page.ts'))
    })
    .then(({ openRestOfPage }) => resolve(openRestOfPage(frame, services)))
    // The samples can still be heard.
    .catch(store.actions.problems.report)
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <PageContext value={{ early: { store, samplePlayer: services.samplePlayer }, whole }}>
    <App />
  </PageContext>,
)
