/** The takes side by side, on one time axis and in one locked range of levels. */
import { useState } from 'react'
import { systemNames } from '../store/systems.ts'
import { axisSecondsOf, currentTake, shownSystems } from '../store/takes.ts'
import { Disclosure } from './Disclosure.tsx'
import { formatFigure } from './figure-texts.ts'
import { colourGradient } from './figures/colour-map.ts'
import type { Range } from './figures/picture.ts'
import { Listening } from './Listening.tsx'
import { usePage } from './page-context.ts'
import { systemLines } from './system-lines.ts'
import cardStyles from './TakeCard.module.css'
import { TakeCard } from './TakeCard.tsx'
import { FigureExplanations } from './TakeFigures.tsx'
import styles from './Takes.module.css'
import { type WavFormat, wavFormats } from './wav-formats.ts'

const shownRangeDb = 80

export function Takes() {
  const { takes, source, tunedModelId } = usePage(({ takes, source, tunedModelId }) => ({
    takes,
    source,
    tunedModelId,
  }))
  const systems = shownSystems({ takes, tunedModelId })
  const axisSeconds = axisSecondsOf({ source, takes })
  const [wavFormat, setWavFormat] = useState<WavFormat>('pcm16')
  const peakDb = Math.max(...takes.map((take) => take.peakDb ?? Number.NEGATIVE_INFINITY))
  const high = Number.isFinite(peakDb) ? Math.ceil(peakDb / 10) * 10 : 0
  const rangeDb: Range = { low: high - shownRangeDb, high }
  const cards = systems.length - (takes.some(({ system }) => system === 'recording') ? 0 : 1)
  return (
    <section id="takes" aria-labelledby="takes-heading" className={styles.takes}>
      <header className={styles.header}>
        <h2 id="takes-heading">Takes</h2>
        {takes.length > 0 && (
          <>
            <p className={styles.legend}>
              <span className={styles.range}>
                {formatFigure(rangeDb.low, 0)} dB
                <span className={styles.gradient} style={{ backgroundImage: colourGradient('to right') }} />
                {formatFigure(rangeDb.high, 0)} dB
              </span>
              full scale, one range for all
            </p>
            <label className={styles.format}>
              WAV format
              <select
                className="input"
                value={wavFormat}
                onChange={({ target }) => {
                  const chosen = wavFormats.find(({ value }) => value === target.value)
                  if (chosen) setWavFormat(chosen.value)
                }}
              >
                {wavFormats.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          </>
        )}
      </header>
      {takes.length > 0 && <Listening durationSeconds={source?.durationSeconds ?? 0} />}
      <div className={styles.cards} data-empty={takes.length === 0} data-cards={cards}>
        {systems.map((system, index) => {
          const take = currentTake(takes, system)
          if (take) {
            return (
              <TakeCard
                key={system}
                take={take}
                digit={index + 1}
                axisSeconds={axisSeconds}
                rangeDb={rangeDb}
                wavFormat={wavFormat}
              />
            )
          }
          // A recording is there or it is not: nothing on this page will make it.
          return system === 'recording' ? null : (
            <div key={system} className={cardStyles.empty} style={{ '--accent': `var(--${system})` }}>
              <h3 className={cardStyles.name}>{systemNames[system]}</h3>
              <p className={cardStyles.line}>{systemLines[system]}</p>
            </div>
          )
        })}
      </div>
      <Disclosure label="What the figures mean">
        <FigureExplanations />
      </Disclosure>
    </section>
  )
}
