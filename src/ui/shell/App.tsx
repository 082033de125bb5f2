/** The page: source and settings on one side, what goes in and what comes out on the other, the transport below. */
import './theme.css'
import './base.css'
import './layout.css'
import '../controls/controls.css'
import '../figures/figures.css'
import { Batch } from '../batch/Batch.tsx'
import { Results } from '../comparison/Comparison.tsx'
import { DenoisingSteps } from '../denoising-steps/DenoisingSteps.tsx'
import { FineTune } from '../fine-tune/FineTune.tsx'
import { HowItWorks } from '../how-it-works/HowItWorks.tsx'
import { ListeningTest } from '../listening-test/ListeningTest.tsx'
import { InputMel } from '../source/InputMel.tsx'
import { SourcePanel } from '../source/SourcePanel.tsx'
import { SettingsPanel } from '../synthesis/SettingsPanel.tsx'
import { SynthesisPanel } from '../synthesis/SynthesisPanel.tsx'
import { Differences } from '../takes/Differences.tsx'
import { Takes } from '../takes/Takes.tsx'
import styles from './App.module.css'
import { DropTarget } from './DropTarget.tsx'
import { Hints } from './Hints.tsx'
import { Masthead } from './Masthead.tsx'
import { Problems } from './Problems.tsx'
import { SectionNav } from './SectionNav.tsx'
import { Transport } from './Transport.tsx'

export function App() {
  return (
    <div className={styles.page}>
      <Masthead />
      <div className={styles.columns}>
        <div className={styles.side}>
          <div className={styles.choices}>
            <SourcePanel />
            <SettingsPanel />
          </div>
          <SynthesisPanel />
        </div>
        <main className={styles.main}>
          <SectionNav />
          <Problems />
          <Hints />
          <p className={styles.intro}>
            A mel spectrogram says how loud each band of speech is, but not what the waveform is. WaveGrad and
            InferGrad make one from noise in a few steps. Press Synthesize and compare them, by ear and by
            eye.
          </p>
          <InputMel />
          <Takes />
          <Differences />
          <DenoisingSteps />
          <Results />
          <ListeningTest />
          <Batch />
          <FineTune />
          <HowItWorks />
        </main>
      </div>
      <Transport />
      <DropTarget />
    </div>
  )
}
