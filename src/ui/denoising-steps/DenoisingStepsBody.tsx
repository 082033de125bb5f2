/** The reverse process as a film strip: what each model takes for the speech at every step, to look at and to hear. */
import { useMemo } from 'react'
import type { Film } from '../../store/denoising-steps/denoising-state.ts'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { CurveFigure } from '../figures/curves/CurveFigure.tsx'
import { usePage } from '../shell/page-context.ts'
import styles from './DenoisingSteps.module.css'
import { DenoisingStripView } from './DenoisingStrip.tsx'
import { denoisingSentences, figureDecimals, figureNames } from './denoising-texts.ts'

const shownRangeDb = 80

export default function DenoisingStepsBody() {
  const { film, filming, source, ready, lockedRange, showEveryStep, cancelDenoising } = usePage((state) => ({
    film: state.film,
    filming: state.filming,
    source: state.source,
    ready: state.source !== undefined && state.opening === undefined && state.models.length > 0,
    lockedRange: state.lockedRange,
    showEveryStep: state.showEveryStep,
    cancelDenoising: state.cancelDenoising,
  }))
  const range = useMemo(() => {
    if (lockedRange) return { low: lockedRange.lowDb, high: lockedRange.highDb }
    const peaks = film?.strips.flatMap(({ frames }) => frames.map(({ peakDb }) => peakDb)) ?? []
    const high = Math.ceil(Math.max(-60, ...peaks) / 10) * 10
    return { low: high - shownRangeDb, high }
  }, [film, lockedRange])
  return (
    <div className={styles.body}>
      <div className={styles.buttons}>
        <button
          type="button"
          className="button"
          disabled={!ready || filming !== undefined}
          onClick={() => void showEveryStep()}
        >
          Show every step
        </button>
        {filming && (
          <>
            <button type="button" className="button" onClick={cancelDenoising}>
              Cancel the film
            </button>
            <ProgressBar label="Progress of the film" fraction={filming.fraction} text={filming.doing} />
          </>
        )}
        {!film && !filming && (
          <p className="small soft">
            Runs the models again with the steps, the corrections and the seed of the page, and keeps what
            each takes for the speech on the way.
          </p>
        )}
      </div>
      {film && (
        <>
          <DenoisingSummary film={film} />
          {film.strips.map((strip) => (
            <DenoisingStripView
              key={strip.system}
              strip={strip}
              range={range}
              axisSeconds={source?.durationSeconds ?? 1}
            />
          ))}
          <StepCurve film={film} />
        </>
      )}
    </div>
  )
}

function DenoisingSummary({ film }: { readonly film: Film }) {
  const sentences = denoisingSentences(film)
  return (
    <div className={styles.summary}>
      <p role="status">{sentences.join(' ')}</p>
      <p className="small soft">
        {film.figure === 'lsd'
          ? 'By log-spectral distance to the recording; lower is nearer. '
          : 'Without a recording, by the rms difference of levels to the model’s own last step, which says how much is still to come, not how good it is. '}
        Look at the lines of the voice and at what lies between them; listen for hiss. Noise already whispers
        the sentence, because the mel colours it before any network runs.
      </p>
    </div>
  )
}

function StepCurve({ film }: { readonly film: Film }) {
  const { steps, curves } = useMemo(() => {
    const most = Math.max(...film.strips.map((strip) => strip.steps))
    const all = Array.from({ length: most + 1 }, (_, step) => step)
    return {
      steps: all,
      curves: film.strips.map((strip) => ({
        label: strip.name,
        values: all.map((step) => strip.frames[step]?.figure ?? Number.NaN),
        colour: `--${strip.system}` as const,
        dotted: true,
      })),
    }
  }, [film])
  return (
    <CurveFigure
      label={figureNames[film.figure]}
      steps={steps}
      lastStep={steps.length - 1}
      curves={curves}
      decimals={figureDecimals}
      unit=" dB"
    />
  )
}
