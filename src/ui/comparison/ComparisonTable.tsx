/** Table of the comparison: the takes of this page, which can be played, and the authors' systems. */
import type { ReactNode } from 'react'
import { type AuthorsSystem, authorsSystems } from '../../store/comparison/authors-figures.ts'
import {
  type ComparedSteps,
  type ComparisonRow,
  comparedSteps,
} from '../../store/comparison/comparison-state.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import type { Take } from '../../store/takes/take.ts'
import { Icon } from '../controls/icons.tsx'
import { badness, type FigureText, figureTexts, formatFigure } from '../figures/figure-texts.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './Comparison.module.css'

export function ComparisonTable({ rows }: { readonly rows: readonly ComparisonRow[] }) {
  const takes = usePage((state) => state.takes.all)
  const takeOf = ({ takeId }: ComparisonRow) => takes.find(({ id }) => id === takeId)
  const own = rows.map((row) => ({ row, take: takeOf(row) }))
  const best = (text: FigureText) =>
    Math.min(
      ...own.flatMap(({ take }) =>
        take?.quality?.against === 'recording' ? [badness(text, take.quality.figures[text.name])] : [],
      ),
    )
  const bests = figureTexts.map(best)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className={styles.scroll} aria-label="Table of the comparison" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">System</th>
            <th scope="col">Steps</th>
            <th scope="col" title="Mel corrections after the last step">
              Corr.
            </th>
            {figureTexts.map(({ name, label, unit, better }) => (
              <th key={name} scope="col" title={`${better} is better`}>
                {label}
                {unit && <span className={styles.unit}> {unit}</span>}
              </th>
            ))}
            <th scope="col">
              Time<span className={styles.unit}> s</span>
            </th>
            <th scope="col">RTF</th>
            <th scope="col" className={styles.hear}>
              <span className="visually-hidden">To hear</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {own.map(({ row, take }) => (
            <OwnRow key={`${row.system}-${row.steps}`} row={row} take={take} bests={bests} />
          ))}
        </tbody>
        <tbody>
          <tr>
            <th scope="colgroup" colSpan={figureTexts.length + 6} className={styles.group}>
              The authors’ audio, six clips
            </th>
          </tr>
          {comparedSteps.flatMap((steps) =>
            authorsSystems.map((system) => (
              <AuthorsRow key={`${system.name} ${steps}`} {...{ system, steps }} />
            )),
          )}
        </tbody>
      </table>
    </section>
  )
}

type OwnProps = {
  readonly row: ComparisonRow
  readonly take: Take | undefined
  /** Badness of the best take of this page, per figure. */
  readonly bests: readonly number[]
}

function OwnRow({ row, take, bests }: OwnProps) {
  const { system, steps, state } = row
  const quality = take?.quality
  const cell = (text: FigureText, index: number): ReactNode => {
    if (quality?.against === 'recording') {
      const value = quality.figures[text.name]
      const isBest = badness(text, value) <= bests[index]
      return (
        <td key={text.name} data-best={isBest}>
          {formatFigure(value, text.decimals)}
          {isBest && <span className="visually-hidden"> (best)</span>}
        </td>
      )
    }
    const melError = quality && text.name === 'melMae' ? formatFigure(quality.melErrorNats, 3) : undefined
    return <td key={text.name}>{melError ?? (take && !quality ? '…' : '–')}</td>
  }
  return (
    <tr style={{ '--accent': `var(--${system})` }}>
      <th scope="row" className={styles.system}>
        {systemNames[system]}
      </th>
      <td>{steps === 0 ? '–' : steps}</td>
      <td>{take?.making?.corrections?.count ?? '–'}</td>
      {figureTexts.map(cell)}
      <td>{take?.making ? take.making.elapsedSeconds.toFixed(2) : '–'}</td>
      <td>{take?.making ? take.making.realTimeFactor.toFixed(2) : '–'}</td>
      <td className={styles.hear}>
        {take ? (
          <HearButton
            takeId={take.id}
            name={steps === 0 ? systemNames[system] : `${systemNames[system]}, ${steps} steps`}
          />
        ) : (
          <span className="soft">{state === 'done' ? 'removed' : state}</span>
        )}
      </td>
    </tr>
  )
}

function HearButton({ takeId, name }: { readonly takeId: string; readonly name: string }) {
  const playing = usePage((state) => state.playback.playing && state.playback.audibleId === takeId)
  const { play, pause } = useActions().playback
  return (
    <button
      type="button"
      className="button small"
      aria-pressed={playing}
      aria-label={`Hear ${name}`}
      onClick={() => (playing ? pause() : void play(takeId))}
    >
      <Icon name={playing ? 'pause' : 'play'} />
      Hear
    </button>
  )
}

type AuthorsProps = { readonly system: AuthorsSystem; readonly steps: ComparedSteps }

function AuthorsRow({ system: { name, bySteps }, steps }: AuthorsProps) {
  const figures = bySteps[steps]
  if (!figures) return null
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{steps}</td>
      <td>–</td>
      {figureTexts.map((text) => (
        <td key={text.name}>{formatFigure(figures[text.name], text.decimals)}</td>
      ))}
      <td>–</td>
      <td>–</td>
      <td className={styles.hear} />
    </tr>
  )
}
