/**
 * Shows a difference as a signed picture, and below it the difference over time, on the same time axis, and over
 * frequency.
 */
import { useMemo, useState } from 'react'
import { melEdgesHz } from '../../../dsp/mel/mel-scale.ts'
import type { Difference, ShownDifference } from '../../../store/takes/differences-state.ts'
import { axisSecondsOf } from '../../../store/takes/takes.ts'
import { Segments } from '../../controls/Segments.tsx'
import { formatHz, formatSeconds } from '../../figures/axes/ticks.ts'
import { type Across, CurveFigure } from '../../figures/curves/CurveFigure.tsx'
import { formatFigure } from '../../figures/figure-texts.ts'
import { Playhead } from '../../figures/Playhead.tsx'
import { divergingColours, divergingGradient } from '../../figures/painting/diverging-map.ts'
import { SpectrogramView } from '../../figures/SpectrogramView.tsx'
import { usePage } from '../../shell/page-context.ts'
import styles from './Differences.module.css'
import { nameInSentence } from './difference-texts.ts'
import { ErrorOverTime } from './ErrorOverTime.tsx'

/** Choices of the value at the ends of the colour scale. */
const ranges = { dB: ['6', '12', '24'], nat: ['1', '2', '4'] } as const satisfies Record<
  Difference['unit'],
  readonly string[]
>

const overFrequency: Across = {
  name: 'Frequency',
  over: 'frequency',
  text: (hz) => `${Math.round(hz).toLocaleString('en')} Hz`,
  tick: formatHz,
}

/** Sets values that are too small for any figure to show to 0, so that no axis is scaled to rounding errors. */
const withoutRounding = (value: number) => (Math.abs(value) < 0.002 ? 0 : value)

type Props = { readonly shown: ShownDifference; readonly difference: Difference }

export default function DifferenceFigures({ shown, difference }: Props) {
  const { takes, source } = usePage((state) => ({ takes: state.takes.all, source: state.source.current }))
  const { unit, frames, bins, values, hopSeconds, highHz } = difference
  const [chosen, setChosen] = useState<Readonly<Record<Difference['unit'], string>>>({ dB: '12', nat: '2' })
  const high = Number(chosen[unit])
  const axisSeconds = axisSecondsOf({ source, takes })
  const [of, from] = [shown.of, shown.from].map((subject) => nameInSentence(takes, subject))
  const levels = useMemo(() => ({ frames, bins, values }), [frames, bins, values])
  const hzOfBins = useMemo(() => {
    if (highHz !== undefined) return Array.from({ length: bins }, (_, bin) => (bin * highHz) / (bins - 1))
    // The triangle of each band peaks here.
    return source ? melEdgesHz(source.convention).slice(1, -1) : []
  }, [bins, highHz, source])
  const curves = useMemo(
    () =>
      [
        {
          label: 'Mean size',
          values: Array.from(difference.overFrequency, withoutRounding),
          colour: '--ink',
        },
        {
          label: 'Mean, signed',
          values: Array.from(difference.biasOverFrequency, withoutRounding),
          colour: '--infergrad',
          dashed: true,
        },
      ] as const,
    [difference],
  )
  const range = useMemo(() => ({ low: -high, high }), [high])
  if (!source) return null

  function readoutAt(frame: number, bin: number): string {
    const seconds = (frame + (highHz === undefined ? 0.5 : 0)) * hopSeconds
    const hz = Math.round(hzOfBins[bin] ?? 0).toLocaleString('en')
    return `${formatSeconds(seconds)} s · ${hz} Hz · ${signed(values[frame * bins + bin])} ${unit}`
  }

  return (
    <>
      <div className="stack">
        <SpectrogramView
          label={`${of} minus ${from}`}
          className={styles.spectrogram}
          levels={levels}
          range={range}
          palette={divergingColours}
          scale={
            highHz === undefined ? { kind: 'mel', convention: source.convention } : { kind: 'bins', highHz }
          }
          secondsPerFrame={hopSeconds}
          axisSeconds={axisSeconds}
          readoutAt={readoutAt}
        >
          <Playhead axisSeconds={axisSeconds} />
        </SpectrogramView>
        <div className={styles.legend}>
          <Segments
            label="Colours up to"
            value={chosen[unit]}
            choices={ranges[unit].map((value) => ({ value, label: `±${value} ${unit}` }))}
            onChange={(value) => setChosen({ ...chosen, [unit]: value })}
          />
          <p className={styles.key}>
            <span className={styles.ends}>
              −{high} {unit}
              <span className="gradient" style={{ backgroundImage: divergingGradient() }} />+{high} {unit}
            </span>
            Blue: {of} has less. Orange: it has more.
          </p>
        </div>
        <ErrorOverTime
          values={difference.overTime}
          unit={unit}
          hopSeconds={hopSeconds}
          firstSeconds={highHz === undefined ? hopSeconds / 2 : 0}
          axisSeconds={axisSeconds}
        />
      </div>
      <CurveFigure
        label="Error over frequency"
        across={overFrequency}
        steps={hzOfBins}
        lastStep={hzOfBins[hzOfBins.length - 1] ?? 1}
        curves={curves}
        decimals={unit === 'dB' ? 1 : 2}
        unit={` ${unit}`}
        note={
          <p className="small soft">
            The signed mean says what is too loud or too soft throughout; where it is near 0 and the size is
            not, the difference is in the detail.
          </p>
        }
      />
    </>
  )
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${formatFigure(value, 1)}`
}
