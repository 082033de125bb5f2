/** The idea behind the two vocoders, in a few lines. */
import { Disclosure } from './Disclosure.tsx'
import styles from './HowItWorks.module.css'

export function HowItWorks() {
  return (
    <Disclosure label="How it works">
      <div className={styles.text}>
        <p>
          Both vocoders start from noise and remove it in N steps. At each step a network sees the noisy
          waveform, the mel and how noisy the waveform is, and estimates what to take away; a schedule of
          betas says how much noise each step leaves.
        </p>
        <p>
          What the mel alone tells is not left to the network: the noise is filtered by the mel’s spectral
          envelope, which makes a whisper of it, and at the end the waveform’s own mel is brought towards the
          one that was asked for. The network adds what no mel says: the phase, and everything finer than its
          bands.
        </p>
        <p>
          <strong>WaveGrad</strong> (Chen et al., 2021) learns from single steps: a recording, noise added to
          it, the noise to be found. It never sees what its own steps lead to, so it needs many small ones.
        </p>
        <p>
          <strong>InferGrad</strong> (Chen et al., 2022) adds a second loss: it runs the few steps of
          inference during training, compares the result with the recording, and learns from the difference
          through all steps. The network is the same; only its weights differ.
        </p>
        <p>
          Both get the same mel and, with the same seed, the same noise. With “Same for both” they run on
          InferGrad’s schedule, so that only the weights differ; with “Each its best”, on the schedule that a
          search found best for each.
        </p>
        <p>
          <strong>Fine-tuning</strong> goes on with that training on your own recordings, in a worker beside
          the page. Each step takes a few random crops, runs the loss backwards through the network, and moves
          the weights a little; a tenth of the recordings is held out, and only measures. It takes turns with
          synthesis, so that both keep their speed.
        </p>
      </div>
    </Disclosure>
  )
}
