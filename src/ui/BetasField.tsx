/** A schedule of one's own, checked while it is typed: how many steps it has, and where its noise ends. */
import { finalNoiseLevel, highestGoodFinalLevel, parseBetas } from '../store/betas.ts'
import { usePage } from './page-context.ts'
import styles from './SettingsPanel.module.css'

export function BetasField() {
  const { text, changeSettings } = usePage(({ settings, changeSettings }) => ({
    text: settings.customBetas,
    changeSettings,
  }))
  const { betas, problem } = parseBetas(text)
  const finalLevel = betas && finalNoiseLevel(betas)
  const tooHigh = finalLevel !== undefined && finalLevel > highestGoodFinalLevel
  return (
    <div className="field">
      <label className="label" htmlFor="betas">
        Betas, in the order of n
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
        {finalLevel !== undefined &&
          `${betas?.length} ${betas?.length === 1 ? 'step' : 'steps'}, for both models; final noise level √ᾱ = ${finalLevel.toFixed(3)}.`}
      </p>
      {tooHigh && (
        <p className={styles.caution}>
          Above {highestGoodFinalLevel}, the network takes its pure-noise input for nearly clean speech, and
          the output hisses. Raise the last betas.
        </p>
      )}
    </div>
  )
}
