/** Makes the audio of one condition for one clip: by a model, from the page's takes, or from the recording. */
import type { Audio } from '../../../analysis/analysis.ts'
import { ProblemError } from '../../../base/problem.ts'
import type { SynthesisProgress } from '../../../engine/vocoder-engine.ts'
import type { Condition } from '../../../listening/plans/test-plan.ts'
import type { Stimulus } from '../../../listening/test-session.ts'
import type { PageAccess } from '../../slice.ts'
import type { PageState } from '../../state.ts'
import { correctionsFor } from '../../synthesis/settings.ts'
import { vocode, vocodeByGriffinLim, vocodeWithoutNetwork } from '../../synthesis/vocode.ts'
import type { Making } from '../../takes/take.ts'
import { modelNamed, modelOf } from '../plans/plan-models.ts'
import type { TestInput } from '../test-input.ts'

export type MadeStimulus = Audio & { readonly making?: Stimulus['making'] }

type Options = { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void }

/**
 * Rejects with `plan-recording-missing`, `plan-take-missing`, a problem of `modelOf` or the engine, or an AbortError.
 */
export async function makeStimulus(
  page: PageAccess,
  input: TestInput,
  condition: Condition,
  { signal, onProgress }: Options,
): Promise<MadeStimulus> {
  const { get, services } = page
  const { analysis } = services
  const tell = { signal, onProgress: ({ fraction }: SynthesisProgress) => onProgress(fraction) }
  switch (condition.kind) {
    case 'model': {
      const { seed } = condition
      const chosen = modelOf(condition, get().models.all)
      const corrections = correctionsFor(condition.corrections, chosen.model)
      const made = await vocode(page, { ...input, ...chosen, seed, corrections }, tell)
      return { ...audioOf(made), ...howMade(get(), made.making) }
    }
    case 'no-network': {
      const model = modelNamed(condition.modelId, get().models.all)
      const corrections = correctionsFor(condition.corrections, model)
      const { seed } = condition
      const made = await vocodeWithoutNetwork(page, { ...input, model, seed, corrections }, tell)
      return { ...audioOf(made), ...howMade(get(), made.making) }
    }
    case 'griffin-lim':
      return audioOf(
        await vocodeByGriffinLim(services, { ...input, seed: condition.seed }, { signal, onProgress }),
      )
    case 'recording':
      return recordingOf(input)
    case 'low-pass':
      return audioOf(await analysis.lowPass({ audio: recordingOf(input), cutoffHz: condition.cutoffHz }))
    case 'take':
      return takeOf(page, condition)
    default:
      return condition satisfies never
  }
}

const audioOf = ({ samples, sampleRateHz }: Audio): Audio => ({ samples, sampleRateHz })

/** Describes how a model, or its prior alone, made the audio, in enough detail to reproduce it. */
function howMade(
  { models }: Pick<PageState, 'models'>,
  making: Making | undefined,
): Pick<MadeStimulus, 'making'> {
  const { modelId, betas, seed, corrections, backend } = making ?? {}
  const model = models.all.find(({ id }) => id === modelId)
  if (!model || !corrections || seed === undefined) return {}
  const { asked: _, ...applied } = corrections
  return {
    making: {
      modelId: model.id,
      weightsSha256: model.weightsSha256,
      ...(betas && { betas }),
      seed,
      corrections: applied,
      backend: backend ?? '',
    },
  }
}

function recordingOf({ recording, title }: TestInput): Audio {
  if (recording) return recording
  throw new ProblemError({
    code: 'plan-recording-missing',
    message: `There is no recording of “${title}”, which the test needs to compare with.`,
    accepted: 'clips with their recording: those of the bundled voice, the synthetic example, audio files',
    remedy: 'Choose other clips for the test, or a kind of test without a reference.',
  })
}

function takeOf(
  { get, services: { clips } }: PageAccess,
  { takeId, label }: Extract<Condition, { readonly kind: 'take' }>,
): MadeStimulus {
  const take = get().takes.all.find(({ id }) => id === takeId)
  if (take) return { ...audioOf(clips.get(takeId)), ...howMade(get(), take.making) }
  throw new ProblemError({
    code: 'plan-take-missing',
    message: `The take “${label}” is no longer on the page.`,
    accepted: 'takes that are on the page',
    remedy: 'Synthesize again, or choose other takes.',
  })
}
