/** One row of the batch table. It is memoised, because a batch has many files and one of them changes all the time. */
import { memo } from 'react'
import {
  type BatchItem,
  type BatchOutput,
  type BatchSystem,
  batchSystems,
} from '../../store/batch/batch-state.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { IconButton } from '../controls/buttons/IconButton.tsx'
import { Icon } from '../controls/icons.tsx'
import { formatSeconds } from '../figures/axes/ticks.ts'
import { badness, formatFigure } from '../figures/figure-texts.ts'
import { useActions } from '../shell/page-context.ts'
import styles from './BatchTable.module.css'
import { type FigureChoice, figureOf, figureOptions } from './batch-rows.ts'

type Props = {
  readonly item: BatchItem
  /** Unique among the rows. */
  readonly name: string
  /** Systems that have a column, joined by commas: an array would be a new object at every render and defeat `memo`. */
  readonly systems: string
  readonly figure: FigureChoice
  /** The output of this file that is playing. */
  readonly playing: BatchSystem | undefined
}

export const BatchRow = memo(function BatchRow({ item, name, systems, figure, playing }: Props) {
  // A row does not subscribe to the store, because there are hundreds of rows.
  const { retry, remove, askOnPage } = useActions().batch
  const shown = batchSystems.filter((system) => systems.split(',').includes(system))
  // The reason for a refusal takes the space of the missing outputs.
  const isBare = item.state === 'refused' && item.outputs.every(({ result }) => !result)
  return (
    <tr>
      <th scope="row" className={styles.name} aria-label={name}>
        {name}
        {item.readAs && (
          <span className={`small soft ${styles.readAs}`} title={item.readAs}>
            {item.readAs}
          </span>
        )}
      </th>
      <td>{item.kind === 'mel' ? 'mel' : item.kind && 'recording'}</td>
      <td className={styles.number}>
        {item.durationSeconds !== undefined && `${formatSeconds(item.durationSeconds)} s`}
      </td>
      <td className={styles.state} data-state={item.state} colSpan={isBare ? 1 + shown.length : 1}>
        <StateText item={item} />
        {item.problem?.code === 'mel-question' && (
          <button
            type="button"
            className={`button small ${styles.again}`}
            aria-label={`Answer the question about ${name}`}
            onClick={() => void askOnPage(item.id)}
          >
            Answer
          </button>
        )}
        {item.state === 'refused' && (
          <button
            type="button"
            className={`button small ${styles.again}`}
            aria-label={`Try ${name} again`}
            onClick={() => void retry(item.id)}
          >
            Try again
          </button>
        )}
      </td>
      {(isBare ? [] : shown).map((system) => (
        <OutputCell
          key={system}
          item={item}
          name={name}
          system={system}
          figure={figure}
          isPlaying={playing === system}
          isBest={isBest(item, system, figure)}
        />
      ))}
      <td>
        <IconButton quiet icon="close" label={`Remove ${name}`} onClick={() => remove(item.id)} />
      </td>
    </tr>
  )
})

function StateText({ item }: { readonly item: BatchItem }) {
  const { state, outputs, problem } = item
  if (state === 'refused') {
    return (
      <>
        <strong>{problem?.message}</strong> {problem?.found && `Found: ${problem.found} `}
        {problem?.remedy}
      </>
    )
  }
  const working = outputs.find((output) => output.state === 'making' || output.state === 'measuring')
  if (state === 'working' && working) {
    const percent = working.state === 'making' ? ` ${Math.round(100 * working.fraction)} %` : ''
    return `${working.state} ${systemNames[working.system]}${percent}`
  }
  if (state === 'working') return 'making'
  return state
}

/** Returns whether no other system has a better figure for this file. */
function isBest(item: BatchItem, system: BatchSystem, figure: FigureChoice): boolean {
  const better = figureOptions.find(({ value }) => value === figure)?.better
  if (!better) return false
  const badnessOf = (one: BatchSystem) => {
    const value = figureOf(item, one, figure) ?? Number.NaN
    return Number.isFinite(value) ? badness({ better }, value) : Number.POSITIVE_INFINITY
  }
  const all = item.outputs.map((output) => badnessOf(output.system)).filter(Number.isFinite)
  return all.length > 1 && badnessOf(system) === Math.min(...all)
}

type OutputProps = Pick<Props, 'item' | 'name' | 'figure'> & {
  readonly system: BatchSystem
  readonly isPlaying: boolean
  readonly isBest: boolean
}

function OutputCell({ item, name, system, figure, isPlaying, isBest }: OutputProps) {
  const { playOrPause, asWav } = useActions().batch
  const output = item.outputs.find((one) => one.system === system)
  if (!output?.result) return <td className={styles.number}>{output && <Unmade output={output} />}</td>
  const value = figureOf(item, system, figure)
  const decimals = figureOptions.find((option) => option.value === figure)?.decimals ?? 2
  return (
    <td className={styles.number} title={output.problem?.message}>
      <span className={styles.output}>
        <span data-best={isBest}>
          {value === undefined ? '–' : formatFigure(value, decimals)}
          {isBest && <span className="visually-hidden"> (best)</span>}
        </span>
        <button
          type="button"
          className={`button quiet icon ${styles.act}`}
          aria-label={`Hear ${systemNames[system]} of ${name}`}
          aria-pressed={isPlaying}
          onClick={() => void playOrPause(item.id, system)}
        >
          <Icon name={isPlaying ? 'pause' : 'play'} />
        </button>
        <DownloadButton
          className={`button quiet icon ${styles.act}`}
          aria-label={`Download ${systemNames[system]} of ${name}`}
          mimeType="audio/wav"
          makeFile={() => asWav(item.id, system)}
        />
      </span>
    </td>
  )
}

function Unmade({ output: { state, fraction } }: { readonly output: BatchOutput }) {
  if (state === 'failed') return <span className="error">failed</span>
  if (state === 'waiting') return null
  return (
    <span className={styles.bar} aria-hidden="true">
      <span style={{ width: `${100 * fraction}%` }} />
    </span>
  )
}
