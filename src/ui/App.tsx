/** The page: source and settings on one side, what goes in and what comes out on the other, the transport below. */
import './theme.css'
import './controls.css'
import styles from './App.module.css'
import { Batch } from './Batch.tsx'
import { Differences } from './Differences.tsx'
import { DropTarget } from './DropTarget.tsx'
import { Film } from './Film.tsx'
import { FineTune } from './FineTune.tsx'
import { Hints } from './Hints.tsx'
import { HowItWorks } from './HowItWorks.tsx'
import { InputMel } from './InputMel.tsx'
import { ListeningTest } from './ListeningTest.tsx'
import { Masthead } from './Masthead.tsx'
import { Problems } from './Problems.tsx'
import { Results } from './Results.tsx'
import { SectionNav } from './SectionNav.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { SourcePanel } from './SourcePanel.tsx'
import { SynthesisPanel } from './SynthesisPanel.tsx'
import { Transport } from './Transport.tsx'
import { Takes } from './takes/Takes.tsx'

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
          <Film />
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
