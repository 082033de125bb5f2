/**
 * The worker of the vocoder, and that of the trainer. They are started apart, and neither knows of the other; but they are
 * one file, so that tfjs, by far the largest part of the page, is fetched once for both.
 */
import { serveVocoder } from './serve-vocoder.ts'
import { serveTrainer } from './training/serve-trainer.ts'

if (self.name === 'trainer') serveTrainer()
else serveVocoder()
