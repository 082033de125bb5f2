/** Explains the two vocoders in four steps, with formulas and figures, and then how this page uses them. */
import { modelsOfSize } from '../../store/synthesis/settings.ts'
import { Term } from '../glossary/Term.tsx'
import { addressOf } from '../navigation/view-id.ts'
import { usePage } from '../shell/page-context.ts'
import { InferGradFormula, NoisyFormula, ScheduleFormula, StepFormula, WaveGradFormula } from './formulas.tsx'
import { GradientFigure } from './GradientFigure.tsx'
import styles from './HowItWorksBody.module.css'
import { NoisySpeech } from './NoisySpeech.tsx'
import { ScheduleFigure } from './ScheduleFigure.tsx'

export default function HowItWorksBody() {
  const prediction = usePage(
    ({ models, synthesis }) => modelsOfSize(models.all, synthesis.settings.size)[0]?.prediction,
  )
  return (
    <div className={styles.parts}>
      <section className={styles.part}>
        <div className={styles.text}>
          <h3>1. Noise over speech</h3>
          <p>
            Diffusion starts by adding noise to a waveform until nothing else is left. √ᾱ says how much of the
            speech x remains. A network that can estimate the noise in such a mixture can remove it, and turn
            pure noise into speech.
          </p>
          <NoisyFormula />
        </div>
        <NoisySpeech />
      </section>

      <section className={styles.part}>
        <div className={styles.text}>
          <h3>2. A schedule for the way back</h3>
          <p>
            Generation runs N steps, from noise y<sub>N</sub> to speech y<sub>0</sub>. In each{' '}
            <Term name="diffusion step">step</Term>, the network sees the noisy waveform, the{' '}
            <Term name="mel spectrogram">mel</Term> and the level √ᾱ<sub>n</sub>, estimates the noise ε
            <sub>θ</sub>, and most of it is removed; all but the last step add a little fresh noise z. The
            betas of the <Term name="noise schedule">schedule</Term> say how much each step removes: the fewer
            the steps, the more each must remove.
          </p>
          <ScheduleFormula />
          <StepFormula />
        </div>
        <ScheduleFigure />
      </section>

      <section className={styles.part}>
        <div className={styles.text}>
          <h3>3. How WaveGrad is trained</h3>
          <p>
            Each training step adds noise of one level to speech, and the network learns to find that noise.
            It never sees the results of its own steps, so its errors add up if the steps are few and large.
            {prediction && targetTexts[prediction]}
          </p>
          <WaveGradFormula />
          <h3>4. How InferGrad differs</h3>
          <p>
            Its training runs all N steps from pure noise, as synthesis does. D compares the magnitudes of the
            result with those of the recording, at three resolutions of the spectrogram, and the gradient goes
            back through every step. The network is the same; only its weights learn to end well in N steps.
            Whether they do can be heard in <a href={addressOf('compare')}>Compare</a>, at 2 steps and at 6.
          </p>
          <InferGradFormula />
        </div>
        <GradientFigure />
      </section>

      <section className={styles.last}>
        <h3>How this page uses them</h3>
        <p>
          The mel contains the spectral envelope, so the network does not have to learn it: the page filters
          the network’s output by the envelope. The frame models are also given pulses at the pitch that a
          small network reads off the mel. The <Term name="vocoder">vocoder</Term> adds what the mel lacks:
          the phase, and everything finer than its bands. Mel corrections, if you turn them on, bring the
          result’s own mel closer to the input, everywhere or only in a voice below 1 kHz. Both models get the
          same mel and, with the same <Term name="seed">seed</Term>, the same noise; the setting “Same for
          both” runs them on one schedule, so that only the weights differ.
        </p>
        <p>
          Fine-tuning continues this training on your own recordings, and pauses during a synthesis. A tenth
          of the recordings is held out for measurement.
        </p>
        <p>
          Papers: <Paper number="2009.00713">WaveGrad</Paper> (Chen et al., 2021),{' '}
          <Paper number="2202.03751">InferGrad</Paper> (Chen et al., 2022).
        </p>
      </section>
    </div>
  )
}

/** States how the prediction of the models on the page relates to the noise of the formulas. */
const targetTexts = {
  noise: '',
  v: ' The models here predict a mixture of noise and speech, v, from which both follow: small networks learn that better.',
  endpoint: ' The models here predict the speech itself, from which the noise follows.',
} as const

/** A link to a paper. It opens in a new window, because leaving this page would discard its takes. */
function Paper({ number, children }: { readonly number: string; readonly children: string }) {
  return (
    <a href={`https://arxiv.org/abs/${number}`} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}
