/** Runs work of the vocoder. Meanwhile the page does nothing that would slow it down and falsify its speed. */
import type { Services } from '../services.ts'

/**
 * Fine-tuning takes no step until `work` settles. Without a spare core, `work` is given a promise of that moment, for
 * which figures must wait.
 */
export async function whileVocoding(
  { trainer, spareCore }: Pick<Services, 'trainer' | 'spareCore'>,
  work: (vocoderIdle: Promise<void> | undefined) => Promise<void>,
): Promise<void> {
  let tellIdle = () => {}
  const idle = new Promise<void>((resolve) => {
    tellIdle = resolve
  })
  const letTrainingGoOn = trainer.hold()
  try {
    await work(spareCore ? undefined : idle)
  } finally {
    letTrainingGoOn()
    tellIdle()
  }
}
