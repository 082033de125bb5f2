/** A custom schedule, validated while the user types. The field shows its number of steps and its final noise level. */
import { finalLevelWarning, publishedSchedules } from '../../diffusion/schedule.ts'
import { pluralize } from '../../listening/text-format.ts'
import { formatBetas, parseBetas } from '../../store/synthesis/betas.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './SettingsPanel.module.css'

export function BetasField() {
  const text = usePage((state) => state.synthesis.settings.customBetas)
  const { changeSettings } = useActions().synthesis
  const { schedule, problem } = parseBetas(text)
  const warning = schedule && finalLevelWarning(schedule)
  const published = publishedSchedules.find(({ betas }) => formatBetas(betas) === text)
  return (
    <div className="field">
      <label className="label" htmlFor="betas">
        Betas, from n = 1 to N
      </label>
      <textarea
        id="betas"
        className="input"
        rows={2}
        spellCheck={false}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby="betas-verdict"
        onChange={({ target }) => changeSettings({ customBetas: target.value })}
      />
      <p id="betas-verdict" role="status" className={problem ? styles.wrong : 'small soft'}>
        {problem && `${problem.message} Accepted: ${problem.accepted}.`}
        {schedule &&
          `${pluralize(schedule.betas.length, 'step')}, for both models; final noise level √ᾱ = ${schedule.levels.at(-1)?.toFixed(3)}.`}
      </p>
      {warning && <p className="small caution">{warning}</p>}
      <label className="label" htmlFor="published-betas">
        Start from a published schedule
      </label>
      <select
        id="published-betas"
        className="input"
        value={published?.name ?? ''}
        onChange={({ target }) => {
          const chosen = publishedSchedules.find(({ name }) => name === target.value)
          if (chosen) changeSettings({ customBetas: formatBetas(chosen.betas) })
        }}
      >
        <option value="">–</option>
        {publishedSchedules.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
  )
}
