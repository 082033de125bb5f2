/** The trainer's worker. */
import { serveTrainer } from './serve-trainer.ts'

serveTrainer()
