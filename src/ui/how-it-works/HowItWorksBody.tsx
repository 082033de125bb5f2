/** Explains the two vocoders in four steps, each with its formula and an interactive figure. */
import { showHints } from '../shell/hints-shown.ts'
import { usePage } from '../shell/page-context.ts'
import { InferGradFormula, NoisyFormula, ScheduleFormula, StepFormula, WaveGradFormula } from './formulas.tsx'
import { GradientFigure } from './GradientFigure.tsx'
import styles from './HowItWorksBody.module.css'
import { NoisySpeech } from './NoisySpeech.tsx'
import { ScheduleFigure } from './ScheduleFigure.tsx'

export default function HowItWorksBody() {
  const usesV = usePage((state) => state.models.all.some(({ prediction }) => prediction === 'v'))
  return (
    <div className={styles.parts}>
      <section className={styles.part}>
        <div className={styles.text}>
          <h3>1. Noise over speech</h3>
          <p>
            Diffusion begins with spoiling: noise is laid over a waveform until nothing else is left. √ᾱ says
            how much of the speech x is still there. A network that can tell the noise in such a mixture can
            take it away again, and out of pure noise comes speech.
          </p>
          <NoisyFormula />
        </div>
        <NoisySpeech />
      </section>

      <section className={styles.part}>
        <div className={styles.text}>
          <h3>2. A schedule for the way back</h3>
          <p>
            From noise y<sub>N</sub> to speech y<sub>0</sub> it goes in N steps. At each, the network sees the
            noisy waveform, the mel and the level √ᾱ<sub>n</sub>, finds the noise ε<sub>θ</sub>, and most of
            it is taken away; all but the last step add a little fresh noise z. The betas say how much each
            step does: few steps must each do much.
          </p>
          <ScheduleFormula />
          <StepFormula />
        </div>
        <ScheduleFigure />
      </section>

      <section className={styles.part}>
        <div className={styles.text}>
          <h3>3. What WaveGrad learns</h3>
          <p>
            One noise level at a time: true speech, noise added to it, the noise to be found. It never sees
            what its own steps lead to, so its errors add up when the steps are few and large.
            {usesV &&
              ' The models here predict a mixture of noise and speech, v, from which both follow: small networks learn that better.'}
          </p>
          <WaveGradFormula />
          <h3>4. What InferGrad adds</h3>
          <p>
            In training it runs all N steps from pure noise, as it will when it is used. D compares the
            magnitudes of what comes out with those of the recording, at three resolutions of the spectrogram,
            and the gradient goes back through every step. The network is the same; only its weights learn to
            end well in N steps. Whether they do is for your ears: compare 2 steps with 6.
          </p>
          <InferGradFormula />
        </div>
        <GradientFigure />
      </section>

      <section className={styles.last}>
        <h3>The rest of the page</h3>
        <p>
          The mel alone tells the spectral envelope. That part is not left to the network: the noise is
          filtered by the envelope, which makes a whisper of it, and at the end the waveform’s own mel is
          brought towards the one that was asked for. The network adds what no mel says: the phase, and
          everything finer than its bands. Both models get the same mel and, with the same seed, the same
          noise; “Same for both” runs them on one schedule, so that only the weights differ.
        </p>
        <p>
          Fine-tuning goes on with this training on recordings of your own, and takes turns with synthesis; a
          tenth of them is held out, and only measures.
        </p>
        <p>
          Papers: <Paper number="2009.00713">WaveGrad</Paper> (Chen et al., 2021),{' '}
          <Paper number="2202.03751">InferGrad</Paper> (Chen et al., 2022).{' '}
          <button type="button" className="disclosure-button" onClick={showHints}>
            Show the first hints again
          </button>
        </p>
      </section>
    </div>
  )
}

/** A link to a paper. It opens in a new window, because leaving this page would discard its takes. */
function Paper({ number, children }: { readonly number: string; readonly children: string }) {
  return (
    <a href={`https://arxiv.org/abs/${number}`} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}
