/**
 * Shows the reverse process as strips of pictures: each model's estimate of the speech after every step, which can also
 * be played.
 */
import { useEffect, useMemo } from 'react'
import type { DenoisingFigure, DenoisingStrip } from '../../store/denoising-steps/denoising-state.ts'
import { isReadyToSynthesize } from '../../store/synthesis/is-ready.ts'
import { JobRow } from '../controls/JobRow.tsx'
import { CurveFigure } from '../figures/curves/CurveFigure.tsx'
import { Term } from '../glossary/Term.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './DenoisingSteps.module.css'
import { DenoisingStripView } from './DenoisingStrip.tsx'
import { denoisingSentences, figureDecimals, figureNames } from './denoising-texts.ts'

const shownRangeDb = 80

export default function DenoisingStepsBody() {
  const { strips, figure, progress, axisSeconds, ready, lockedRange } = usePage((state) => ({
    strips: state.denoising.strips,
    figure: state.denoising.figure,
    progress: state.denoising.progress,
    axisSeconds: state.source.current?.durationSeconds ?? 1,
    ready: isReadyToSynthesize(state),
    lockedRange: state.view.lockedRange,
  }))
  const { run, cancel, pause } = useActions().denoising
  useEffect(() => pause, [pause])
  const range = useMemo(() => {
    if (lockedRange) return { low: lockedRange.lowDb, high: lockedRange.highDb }
    const peaks = strips.flatMap(({ frames }) => frames.map(({ peakDb }) => peakDb))
    const high = Math.ceil(Math.max(-60, ...peaks) / 10) * 10
    return { low: high - shownRangeDb, high }
  }, [strips, lockedRange])
  return (
    <div className={styles.body}>
      <JobRow
        start="Show every step"
        canStart={ready}
        onStart={run}
        onCancel={cancel}
        progressLabel="Progress of the steps"
        progress={progress && { fraction: progress.fraction, text: progress.doing }}
      >
        {strips.length === 0 && (
          <>
            Runs the models again with the current steps, corrections and seed, and keeps each model’s
            estimate after every <Term name="diffusion step">step</Term>.
          </>
        )}
      </JobRow>
      {strips.length > 0 && (
        <>
          <DenoisingSummary strips={strips} figure={figure} />
          {strips.map((strip) => (
            <DenoisingStripView key={strip.system} strip={strip} range={range} axisSeconds={axisSeconds} />
          ))}
          <StepCurve strips={strips} figure={figure} />
        </>
      )}
    </div>
  )
}

type StripsProps = { readonly strips: readonly DenoisingStrip[]; readonly figure: DenoisingFigure }

function DenoisingSummary({ strips, figure }: StripsProps) {
  const sentences = denoisingSentences(strips)
  return (
    <div className={styles.summary}>
      <p role="status">{sentences.join(' ')}</p>
      <p className="small soft">
        {figure === 'lsd'
          ? 'The figure is the log-spectral distance to the recording; lower is closer. '
          : 'There is no recording, so the figure is the RMS difference of levels from the model’s own last step. It says how much is still to come, not how good the result is. '}
        Look at the harmonics of the voice and at what lies between them, and listen for hiss. Even the noise
        before step 1 resembles the sentence, because the mel shapes it before any network runs.
      </p>
    </div>
  )
}

function StepCurve({ strips, figure }: StripsProps) {
  const { steps, curves } = useMemo(() => {
    const maxSteps = Math.max(...strips.map((strip) => strip.steps))
    const all = Array.from({ length: maxSteps + 1 }, (_, step) => step)
    return {
      steps: all,
      curves: strips.map((strip) => ({
        label: strip.name,
        values: all.map((step) => strip.frames[step]?.figure ?? Number.NaN),
        colour: `--${strip.system}` as const,
        dotted: true,
      })),
    }
  }, [strips])
  return (
    <CurveFigure
      label={figureNames[figure]}
      steps={steps}
      lastStep={steps.length - 1}
      curves={curves}
      decimals={figureDecimals}
      unit=" dB"
    />
  )
}
