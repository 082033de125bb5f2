/** Table of the figures that were measured: the systems of this page, then those of the authors. */
import { authorsRows } from '../../store/comparison/authors-figures.ts'
import type { ColumnFigures } from '../../store/comparison/grid.ts'
import { FigureName } from '../figures/FigureName.tsx'
import { badness, betterText, type FigureText, figureTexts, formatFigure } from '../figures/figure-texts.ts'
import { systemWithSteps } from '../synthesis/system-name.ts'
import styles from './Comparison.module.css'

/** The figures that tell models apart come first. */
const order = ['lsdDb', 'mrstft', 'hfDb', 'mcd13Db', 'stoi', 'levelDb', 'melMae'] as const

/** Returns the texts of the figures that any of the rows has. */
export function measuredTexts(rows: readonly ColumnFigures[]): readonly FigureText[] {
  return order
    .filter((name) => rows.some(({ figures }) => figures[name] !== undefined))
    .flatMap((name) => figureTexts.find((text) => text.name === name) ?? [])
}

export function FigureTable({ rows }: { readonly rows: readonly ColumnFigures[] }) {
  const texts = measuredTexts(rows)
  const bests = texts.map((text) =>
    Math.min(...rows.flatMap(({ figures }) => figures[text.name] ?? []).map((value) => badness(text, value))),
  )
  const hasTimes = rows.some(({ realTimeFactor }) => realTimeFactor !== undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className={styles.scroll} aria-label="Table of the comparison" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">System</th>
            {texts.map((text) => (
              <th key={text.name} scope="col" title={betterText(text)}>
                <FigureName text={text} />
                {text.unit && <span className="soft">, {text.unit}</span>}
              </th>
            ))}
            {hasTimes && (
              <th scope="col" title="Seconds of work per second of audio">
                RTF
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ column, figures, realTimeFactor }) => (
            <tr key={column.id} style={{ '--accent': `var(--${column.system})` }}>
              <th scope="row" className={styles.system}>
                {systemWithSteps(column)}
              </th>
              {texts.map((text, index) => {
                const value = figures[text.name]
                const isBest = rows.length > 1 && value !== undefined && badness(text, value) <= bests[index]
                return (
                  <td key={text.name} data-best={isBest}>
                    {value !== undefined && formatFigure(value, text.decimals)}
                    {isBest && <span className="visually-hidden"> (best)</span>}
                  </td>
                )
              })}
              {hasTimes && <td>{realTimeFactor?.toFixed(2)}</td>}
            </tr>
          ))}
        </tbody>
        <tbody>
          <tr>
            <th scope="colgroup" colSpan={texts.length + (hasTimes ? 2 : 1)} className={styles.group}>
              The authors’ audio, six clips
            </th>
          </tr>
          {authorsRows.map(({ name, steps, figures }) => (
            <tr key={`${name} ${steps}`}>
              <th scope="row">
                {name}, {steps} steps
              </th>
              {texts.map((text) => (
                <td key={text.name}>{formatFigure(figures[text.name], text.decimals)}</td>
              ))}
              {hasTimes && <td />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
