/**
 * The workers of the vocoder and of the trainer. They are started separately and do not know of each other, but they
 * share one file, so that tfjs, by far the largest part of the page, is fetched only once.
 */
import { serveVocoder } from './serve-vocoder.ts'
import { serveTrainer } from './training/serve-trainer.ts'

if (self.name === 'trainer') serveTrainer()
else serveVocoder()
