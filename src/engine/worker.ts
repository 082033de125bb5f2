/**
 * The workers of the vocoder and of the trainer. They are started separately and do not know of each other, but they
 * share one file, so that tfjs, by far the largest part of the page, is fetched only once. The trainer's own part is
 * fetched by the trainer alone.
 */
import { importChunk } from '../base/import-chunk.ts'
import { serveWhenLoaded } from '../worker/serve-when-loaded.ts'
import { serveVocoder } from './serve-vocoder.ts'

if (self.name === 'trainer')
  void serveWhenLoaded(async () => (await importChunk(import('./training/serve-trainer.ts'))).serveTrainer())
else serveVocoder()
