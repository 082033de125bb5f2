/**
 * Corrects how a mel file is read; loaded on demand. Possible interpretations of the array are offered as choices. What
 * the array cannot show (rate, hop, band edges) comes from the producer's settings, which are typed or read from its
 * configuration.
 */
import { type FormEvent, useState } from 'react'
import type { MelFile } from '../../store/source/source-state.ts'
import { useActions } from '../shell/page-context.ts'
import styles from './MelFilePanel.module.css'
import {
  framingChoices,
  mergeReading,
  numberFields,
  numberOf,
  scalingChoiceOf,
  scalingChoices,
  usualLevels,
  valueChoiceOf,
  valueChoices,
} from './mel-reading.ts'

export default function MelReadingForm({ file }: { readonly file: MelFile }) {
  const { reading, shape } = file.report
  const { rereadMel } = useActions().source
  const [scaling, setScaling] = useState<string>(scalingChoiceOf(reading))
  const [problem, setProblem] = useState<string>()

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const merged = mergeReading(reading, new FormData(event.currentTarget))
    setProblem(merged.problem)
    if (merged.override) void rereadMel(merged.override)
  }

  const axes = shape.filter((length) => length > 1)
  return (
    <form className="stack" onSubmit={submit}>
      <div className={styles.fields}>
        <label className="field">
          <span className="label">Bands along</span>
          <select name="bandAxis" className="input" defaultValue={reading.bandAxis}>
            <option value={0}>first axis{axes.length === 2 && ` (${axes[0]})`}</option>
            <option value={1}>second axis{axes.length === 2 && ` (${axes[1]})`}</option>
          </select>
        </label>
        <Choice name="values" label="Values are" choices={valueChoices} initial={valueChoiceOf(reading)} />
        <Choice
          name="scaling"
          label="Stored"
          choices={scalingChoices}
          initial={scaling}
          onChange={setScaling}
        />
        <Choice
          name="scale"
          label="Mel scale"
          choices={{ slaney: 'Slaney', htk: 'HTK' }}
          initial={reading.convention.scale}
        />
        <Choice
          name="norm"
          label="Filter norm"
          choices={{ slaney: 'Slaney (area)', none: 'none (peak 1)' }}
          initial={reading.convention.norm}
        />
        <Choice name="framing" label="First frame" choices={framingChoices} initial={reading.framing} />
        {numberFields.map(({ name, label }) => (
          <NumberField key={name} name={name} label={label} initial={numberOf(reading, name)} />
        ))}
        {(scaling === '0 1' || scaling === '-4 4') && (
          <>
            <NumberField name="lowLevel" label="Level at the lower end" initial={usualLevels(reading)[0]} />
            <NumberField name="highLevel" label="Level at the upper end" initial={usualLevels(reading)[1]} />
          </>
        )}
      </div>
      {scaling === 'statistics' && <StatisticsFields reading={reading} />}
      {problem && (
        <p role="alert" className="error">
          {problem}
        </p>
      )}
      <div className="row-tight">
        <button type="submit" className="button">
          Read again
        </button>
        <label className="button">
          Producer’s configuration or statistics…
          <input
            type="file"
            accept=".json,.yaml,.yml,.py,.npy,.npz"
            className="visually-hidden"
            onChange={({ target }) => {
              const configuration = target.files?.[0]
              if (configuration) void rereadMel({}, [configuration])
            }}
          />
        </label>
      </div>
    </form>
  )
}

type Reading = MelFile['report']['reading']

function StatisticsFields({ reading }: { readonly reading: Reading }) {
  const { scaling } = reading.values
  const statistics = scaling?.kind === 'statistics' ? scaling.statistics : undefined
  return (
    <div className={styles.statistics}>
      {(['mean', 'deviation'] as const).map((name) => (
        <label key={name} className="field">
          <span className="label">
            {name === 'mean' ? 'Mean' : 'Deviation'}: one number, or {reading.convention.bands}
          </span>
          <textarea name={name} className="input" rows={3} defaultValue={statistics?.[name].join(' ')} />
        </label>
      ))}
    </div>
  )
}

function NumberField({ name, label, initial }: Readonly<{ name: string; label: string; initial: number }>) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input name={name} className="input" inputMode="decimal" defaultValue={initial} autoComplete="off" />
    </label>
  )
}

type ChoiceProps = {
  readonly name: string
  readonly label: string
  readonly choices: Readonly<Record<string, string>>
  readonly initial: string
  readonly onChange?: (value: string) => void
}

function Choice({ name, label, choices, initial, onChange }: ChoiceProps) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select
        name={name}
        className="input"
        defaultValue={initial}
        onChange={({ target }) => onChange?.(target.value)}
      >
        {Object.entries(choices).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
