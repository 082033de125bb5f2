/**
 * The reverse process, step by step: runs the models of the settings one after the other and shows each model's
 * estimate of the speech at every step as a picture, as loudness-matched audio on one clock, and as a figure. A strip
 * appears as soon as its model is finished; a cancel keeps the finished strips.
 */
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import { isAbort, ProblemError } from '../../base/problem.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { Source } from '../source/source-state.ts'
import { modelChoice, type PlannedModel, planModels } from '../synthesis/plan-models.ts'
import { systemNames } from '../synthesis/systems.ts'
import { vocode } from '../synthesis/vocode.ts'
import { currentTake } from '../takes/takes.ts'
import type {
  DenoisingActions,
  DenoisingFigure,
  DenoisingFrame,
  DenoisingState,
  DenoisingStrip,
} from './denoising-state.ts'

/** Limit on the total audio of all frames, in seconds; with their spectrograms they take about 300 MB. */
const maxSeconds = 1000

type RunContext = { readonly source: Source; readonly signal: AbortSignal }

export function createDenoisingSlice(
  context: SliceContext<'denoising'>,
): Slice<DenoisingState, DenoisingActions> {
  const { get, set, actions, services, watch } = context
  const { analysis, clips, signals, denoisingPlayer, trainer } = services
  let controller: AbortController | undefined

  denoisingPlayer.onChange(({ playing, audibleId, problem }) => {
    const interrupted = problem !== undefined && get().denoising.playing && !playing
    set({ playing, audibleFrameId: audibleId })
    if (interrupted) actions.problems.report(new ProblemError(problem))
  })

  watch(
    ({ source }) => source.current,
    () => {
      controller?.abort()
      show([])
    },
  )

  function handOver(): void {
    const frames = framesOf(get().denoising.strips)
    const gains = matchingGainsDb(frames.map(({ loudnessLufs }) => loudnessLufs))
    denoisingPlayer.setTakes(
      frames.map(({ id }, index) => ({ ...clips.get(id), id, gainDb: gains[index] })),
      get().denoising.audibleFrameId,
    )
    const { durationSeconds } = denoisingPlayer.state
    denoisingPlayer.loopRegion(
      frames.length > 0 ? { startSeconds: 0, endSeconds: durationSeconds } : undefined,
    )
  }

  function show(strips: readonly DenoisingStrip[], figure: DenoisingFigure = 'lsd'): void {
    const before = framesOf(get().denoising.strips)
    if (before.length + strips.length === 0) return
    set({ strips, figure })
    handOver()
    const kept = new Set(framesOf(strips).map(({ id }) => id))
    for (const { id, spectrogramId } of before.filter((frame) => !kept.has(frame.id))) {
      clips.remove(id)
      signals.remove(spectrogramId)
    }
  }

  /** Runs one model and makes a frame from every step. */
  async function runSteps(
    planned: PlannedModel,
    { source, signal }: RunContext,
    tell: (fraction: number) => void,
  ) {
    const mel = signals.mel(source.melId)
    if (!mel) throw new Error('the mel is gone')
    const { model, betas, corrections } = planned
    const { seed } = get().synthesis.settings
    const made = await vocode(
      context,
      { model, mel, convention: source.convention, betas, seed, corrections, estimates: true },
      { signal, onProgress: ({ fraction }) => tell(fraction) },
    )
    const frames: DenoisingFrame[] = []
    try {
      for (const [step, samples] of (made.estimates ?? []).entries()) {
        const audio = { samples, sampleRateHz: made.sampleRateHz }
        const { loudnessLufs, spectrogram, peakDb } = await analysis.measure({ audio })
        frames.push({
          id: clips.add(audio),
          step,
          spectrogramId: signals.addSpectrogram(spectrogram),
          peakDb,
          loudnessLufs,
        })
        signal.throwIfAborted()
      }
    } catch (thrown) {
      for (const { id, spectrogramId } of frames) {
        clips.remove(id)
        signals.remove(spectrogramId)
      }
      throw thrown
    }
    return { system: planned.system, name: nameOf(planned), steps: betas.length, corrections, frames }
  }

  /** Measures one figure per frame and shows each as it arrives. */
  async function measure(signal: AbortSignal, tell: (fraction: number) => void): Promise<void> {
    const { strips, figure: kind } = get().denoising
    const recording = currentTake(get().takes.all, 'recording')
    const frames = strips.flatMap((strip) => strip.frames.map((frame) => ({ frame, strip })))
    for (const [index, { frame, strip }] of frames.entries()) {
      tell(index / frames.length)
      const output = clips.get(frame.id)
      let figure = Number.NaN
      try {
        if (kind === 'lsd' && recording) {
          const against = { recording: clips.get(recording.id) }
          const { quality } = await analysis.compare({ audio: output, against }, { signal })
          // A frame that cannot be compared, such as silence, has no figure; the other frames do.
          if (quality?.against === 'recording') figure = quality.figures.lsdDb
        } else {
          const from = clips.get(strip.frames[strip.frames.length - 1].id)
          figure = (await analysis.difference({ of: output, from })).total
        }
      } catch (thrown) {
        if (isAbort(thrown) || !(thrown instanceof ProblemError)) throw thrown
      }
      signal.throwIfAborted()
      set((denoising) => ({ strips: withFigure(denoising.strips, frame.id, figure) }))
    }
  }

  return {
    state: { strips: [], figure: 'lsd', playing: false },
    actions: {
      async run() {
        const source = get().source.current
        if (!source || get().denoising.progress) return
        controller = new AbortController()
        const { signal } = controller
        const letTrainingGoOn = trainer.hold()
        try {
          const planned = planModels(modelChoice(get()))
          refuseTooLong(source, planned)
          const strips: DenoisingStrip[] = []
          const figure = currentTake(get().takes.all, 'recording') ? 'lsd' : 'to-the-end'
          const share = 0.7 / planned.length
          for (const [index, one] of planned.entries()) {
            const tell = (fraction: number) =>
              set({ progress: { doing: nameOf(one), fraction: share * (index + fraction) } })
            tell(0)
            strips.push(await runSteps(one, { source, signal }, tell))
            show([...strips], figure)
          }
          await measure(signal, (fraction) =>
            set({ progress: { doing: 'Measuring', fraction: 0.7 + 0.3 * fraction } }),
          )
        } catch (thrown) {
          if (!signal.aborted) actions.problems.report(thrown)
        } finally {
          set({ progress: undefined })
          letTrainingGoOn()
        }
      },
      cancel: () => controller?.abort(),
      async playFrame(frameId) {
        denoisingPlayer.select(frameId)
        try {
          await denoisingPlayer.play()
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      pause: () => denoisingPlayer.pause(),
    },
  }
}

const nameOf = ({ system, model }: PlannedModel) => model.name ?? systemNames[system]

const framesOf = (strips: readonly DenoisingStrip[]) => strips.flatMap(({ frames }) => frames)

function withFigure(
  strips: readonly DenoisingStrip[],
  frameId: string,
  figure: number,
): readonly DenoisingStrip[] {
  return strips.map((strip) => ({
    ...strip,
    frames: strip.frames.map((frame) => (frame.id === frameId ? { ...frame, figure } : frame)),
  }))
}

function refuseTooLong(source: Source, planned: readonly PlannedModel[]): void {
  const pictures = planned.reduce((sum, { betas }) => sum + betas.length + 1, 0)
  if (pictures * source.durationSeconds <= maxSeconds) return
  const maxInputSeconds = Math.floor(maxSeconds / pictures)
  throw new ProblemError({
    code: 'denoising-too-long',
    message: 'The input is too long to keep every step of it in memory.',
    found: `${Math.round(source.durationSeconds)} s, shown in ${pictures} pictures`,
    accepted: `up to ${maxInputSeconds} s at this number of steps`,
    remedy: 'Choose fewer steps or a shorter input.',
  })
}
