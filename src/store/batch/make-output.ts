/** Makes one output from one file and one system, writes it to the file store, measures it and frees its memory. */
import type { Comparison, Levels } from '../../analysis/analysis.ts'
import { ProblemError, toProblem } from '../../base/problem.ts'
import type { SynthesisProgress } from '../../engine/vocoder-engine.ts'
import type { FileStore } from '../../storage/file-store.ts'
import type { Services } from '../services.ts'
import type { PageAccess } from '../slice.ts'
import type { Input } from '../source/read-input.ts'
import { correctionsFor } from '../synthesis/settings.ts'
import { type Made, vocode, vocodeByGriffinLim, vocodeWithoutNetwork } from '../synthesis/vocode.ts'
import { keptName } from './batch-plan.ts'
import type { BatchOutput, PlannedOutput } from './batch-state.ts'

type Options = {
  readonly signal: AbortSignal
  readonly onChange: (change: Partial<BatchOutput>) => void
}

/**
 * Makes the output. If a measurement fails, the result comes with the problem. Rejects with the problem that prevented
 * the synthesis, with `storage-full`, or with an AbortError; it then leaves no file behind.
 */
export async function makeOutput(
  page: PageAccess,
  files: FileStore,
  job: { readonly itemId: string; readonly input: Input; readonly planned: PlannedOutput },
  { signal, onChange }: Options,
): Promise<Pick<BatchOutput, 'result' | 'problem'>> {
  const { services } = page
  const { analysis } = services
  const { itemId, input, planned } = job
  onChange({ state: 'making', fraction: 0 })
  const onProgress = (fraction: number) => onChange({ fraction })
  const audio = await make(page, input, planned, { signal, onProgress })
  signal.throwIfAborted()
  onChange({ state: 'measuring', fraction: 1 })
  const keptAs = keptName(itemId, planned.system)
  const { samples, sampleRateHz, making } = audio
  await files.write(keptAs, await analysis.encodeWav({ audio, encoding: planned.encoding }))
  try {
    signal.throwIfAborted()
    const audioSha256 = await analysis.sha256({ samples, sampleRateHz })
    const { loudnessLufs, quality, problem } = await measure(services, input, audio, signal)
    signal.throwIfAborted()
    const result = { planned, keptAs, making, sampleRateHz, loudnessLufs, audioSha256, quality }
    return { result, problem }
  } catch (thrown) {
    await files.remove(keptAs)
    throw thrown
  }
}

async function make(
  page: PageAccess,
  { mel, convention }: Input,
  { system, modelId, betas, corrections, seed }: PlannedOutput,
  options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
): Promise<Made> {
  const input = { mel, convention, seed }
  if (system === 'griffin-lim') return vocodeByGriffinLim(page.services, input, options)
  const model = page.get().models.all.find(({ id }) => id === modelId)
  if (!model) {
    throw new ProblemError({
      code: 'model-unknown',
      message: `The model ${modelId} is no longer there.`,
      remedy: 'Choose another model, or leave it out, and start the batch again.',
    })
  }
  const { signal, onProgress } = options
  const ofModel = { ...input, model, corrections: corrections ?? correctionsFor(undefined, model) }
  const progress = { signal, onProgress: ({ fraction }: SynthesisProgress) => onProgress(fraction) }
  return betas ? vocode(page, { ...ofModel, betas }, progress) : vocodeWithoutNetwork(page, ofModel, progress)
}

/** A crash of the analysis costs the figures alone if the levels were measured before. */
async function measure(
  { analysis }: Pick<Services, 'analysis'>,
  { mel, convention, recording }: Input,
  { samples, sampleRateHz }: Made,
  signal: AbortSignal,
): Promise<Comparison & Pick<Levels, 'loudnessLufs'>> {
  const audio = { samples, sampleRateHz }
  const { loudnessLufs } = await analysis.measure({ audio })
  try {
    const against = recording ? { recording } : { mel, convention }
    return { loudnessLufs, ...(await analysis.compare({ audio, against }, { signal })) }
  } catch (thrown) {
    if (signal.aborted) throw thrown
    return { loudnessLufs, problem: toProblem(thrown) }
  }
}
