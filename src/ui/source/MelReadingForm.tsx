/**
 * Corrects how a mel file is read; loaded on demand. Possible interpretations of the array are offered as choices. What
 * the array cannot show (rate, hop, band edges) comes from the producer's settings, which are typed or read from its
 * configuration.
 */
import { type FormEvent, useState } from 'react'
import type { MelFile } from '../../store/source/source-state.ts'
import { useActions } from '../shell/page-context.ts'
import styles from './MelFilePanel.module.css'
import { mergeReading } from './mel-reading.ts'

const valueChoices = {
  ln: 'natural logarithm of magnitude',
  log10: 'log10 of magnitude',
  'log10-power': 'log10 of power',
  db: 'decibels',
  lmnt: '0 to 1 (WaveGrad by lmnt)',
  'symmetric-4': '−4 to 4 (coqui)',
  normalised: 'mean 0, deviation 1',
} as const

const numberFields = [
  ['sampleRateHz', 'Sample rate, Hz'],
  ['fftSize', 'FFT size'],
  ['hopSamples', 'Hop, samples'],
  ['windowSamples', 'Window, samples'],
  ['lowHz', 'Lowest band from, Hz'],
  ['highHz', 'Highest band to, Hz'],
] as const

export default function MelReadingForm({ file }: { readonly file: MelFile }) {
  const { reading, shape } = file.report
  const { rereadMel } = useActions().source
  const [values, setValues] = useState<string>(reading.values)
  const [problem, setProblem] = useState<string>()

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const merged = mergeReading(reading, new FormData(event.currentTarget))
    setProblem(merged.problem)
    if (merged.override) void rereadMel(merged.override)
  }

  const axes = shape.filter((length) => length > 1)
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.fields}>
        <label className="field">
          <span className="label">Bands along</span>
          <select name="bandAxis" className="input" defaultValue={reading.bandAxis}>
            <option value={0}>first axis{axes.length === 2 && ` (${axes[0]})`}</option>
            <option value={1}>second axis{axes.length === 2 && ` (${axes[1]})`}</option>
          </select>
        </label>
        <label className="field">
          <span className="label">Values are</span>
          <select
            name="values"
            className="input"
            value={values}
            onChange={({ target }) => setValues(target.value)}
          >
            {Object.entries(valueChoices).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="label">Mel scale</span>
          <select name="scale" className="input" defaultValue={reading.convention.scale}>
            <option value="slaney">Slaney</option>
            <option value="htk">HTK</option>
          </select>
        </label>
        <label className="field">
          <span className="label">Filter norm</span>
          <select name="norm" className="input" defaultValue={reading.convention.norm}>
            <option value="slaney">Slaney (area)</option>
            <option value="none">none (peak 1)</option>
          </select>
        </label>
        {numberFields.map(([name, label]) => (
          <label key={name} className="field">
            <span className="label">{label}</span>
            <input
              name={name}
              className="input"
              inputMode="decimal"
              defaultValue={reading.convention[name]}
              autoComplete="off"
            />
          </label>
        ))}
      </div>
      {values === 'normalised' && (
        <div className={styles.statistics}>
          {(['mean', 'deviation'] as const).map((name) => (
            <label key={name} className="field">
              <span className="label">
                {name === 'mean' ? 'Mean' : 'Deviation'} per band, {reading.convention.bands} numbers
              </span>
              <textarea
                name={name}
                className="input"
                rows={3}
                defaultValue={reading.statistics?.[name].join(' ')}
              />
            </label>
          ))}
        </div>
      )}
      {problem && (
        <p role="alert" className={styles.wrong}>
          {problem}
        </p>
      )}
      <div className={styles.actions}>
        <button type="submit" className="button">
          Read again
        </button>
        <label className="button">
          Producer’s configuration or statistics…
          <input
            type="file"
            accept=".json,.yaml,.yml,.npy,.npz"
            className="visually-hidden"
            onChange={({ target }) => {
              const configuration = target.files?.[0]
              if (configuration) void rereadMel({}, configuration)
            }}
          />
        </label>
      </div>
    </form>
  )
}
