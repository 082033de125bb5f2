/** The takes side by side, on one time axis and in one locked range of levels. */
import { useState } from 'react'
import { systemNames } from '../../store/synthesis/systems.ts'
import type { Take } from '../../store/takes/take.ts'
import { axisSecondsOf, cardChoice, cardsOf, takeNames } from '../../store/takes/takes.ts'
import type { LevelRange } from '../../store/takes/view-state.ts'
import { Disclosure } from '../controls/Disclosure.tsx'
import { SelectField } from '../controls/SelectField.tsx'
import { type WavFormat, wavFormats } from '../controls/wav-formats.ts'
import type { Range } from '../figures/painting/picture.ts'
import { usePage } from '../shell/page-context.ts'
import { systemLines } from '../synthesis/system-lines.ts'
import { AddTakes, RemovedTake } from './AddTakes.tsx'
import { DownloadTakes } from './DownloadTakes.tsx'
import { Listening } from './Listening.tsx'
import cardStyles from './TakeCard.module.css'
import { TakeCard } from './TakeCard.tsx'
import { FigureExplanations } from './TakeFigures.tsx'
import styles from './Takes.module.css'
import { useFollow } from './use-follow.ts'
import { useResultInSight } from './use-result-in-sight.ts'

const shownRangeDb = 80

/** Returns the locked range, or else a range of `shownRangeDb` below the level of the loudest take. */
function rangeOf(takes: readonly Take[], lockedRange: LevelRange | undefined): Range {
  if (lockedRange) return { low: lockedRange.lowDb, high: lockedRange.highDb }
  const peakDb = Math.max(...takes.map((take) => take.peakDb ?? Number.NEGATIVE_INFINITY))
  const high = Number.isFinite(peakDb) ? Math.ceil(peakDb / 10) * 10 : 0
  return { low: high - shownRangeDb, high }
}

export default function Takes() {
  const choice = usePage(cardChoice)
  const { source, lockedRange } = usePage((state) => ({
    source: state.source.current,
    lockedRange: state.view.lockedRange,
  }))
  const { takes } = choice
  const [wavFormat, setWavFormat] = useState<WavFormat>('pcm16')
  const axisSeconds = axisSecondsOf({ source, takes })
  const rangeDb = rangeOf(takes, lockedRange)
  const cards = cardsOf(choice)
  const names = takeNames(takes)
  useFollow(axisSeconds)
  const section = useResultInSight()
  return (
    <section ref={section} id="takes" aria-labelledby="takes-heading" className={styles.takes}>
      <header className={styles.header}>
        <h2 id="takes-heading">Takes</h2>
        {takes.length > 0 && <Listening axisSeconds={axisSeconds} rangeDb={rangeDb} />}
        {takes.length > 0 && (
          <SelectField
            inline
            label="WAV format"
            value={wavFormat}
            choices={wavFormats}
            onChange={setWavFormat}
          />
        )}
        {takes.length > 0 && <DownloadTakes wavFormat={wavFormat} />}
      </header>
      <div
        className={styles.cards}
        data-empty={takes.length === 0}
        data-cards={cards.length > 5 ? 'many' : cards.length}
      >
        {cards.map(({ system, take }, index) =>
          take ? (
            <TakeCard
              key={take.place === 'current' ? system : take.id}
              take={take}
              name={names.get(take.id) ?? ''}
              digit={index + 1}
              axisSeconds={axisSeconds}
              rangeDb={rangeDb}
              wavFormat={wavFormat}
            />
          ) : (
            <div key={system} className={cardStyles.empty} style={{ '--accent': `var(--${system})` }}>
              <h3 className={cardStyles.name}>{systemNames[system]}</h3>
              <p className="small soft">{systemLines[system]}</p>
            </div>
          ),
        )}
      </div>
      <RemovedTake />
      {source && <AddTakes />}
      <Disclosure label="About the figures">
        <FigureExplanations />
      </Disclosure>
    </section>
  )
}
