/**
 * The page: the source and the settings at the side, the input and the takes in the main column, the transport below.
 */
import './theme.css'
import './base.css'
import './layout.css'
import '../controls/controls.css'
import '../controls/buttons.css'
import '../controls/inputs.css'
import '../figures/figures.css'
import { InputMel } from '../source/InputMel.tsx'
import { SourcePanel } from '../source/SourcePanel.tsx'
import { SettingsPanel } from '../synthesis/SettingsPanel.tsx'
import { SynthesisPanel } from '../synthesis/SynthesisPanel.tsx'
import styles from './App.module.css'
import { DropTarget } from './DropTarget.tsx'
import { Hints } from './Hints.tsx'
import { LazySection } from './LazySection.tsx'
import { Masthead } from './Masthead.tsx'
import { Problems } from './Problems.tsx'
import { SectionNav } from './SectionNav.tsx'
import { sections } from './sections.ts'
import { Transport } from './Transport.tsx'
import { VersionNotice } from './VersionNotice.tsx'

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
          <VersionNotice />
          <Problems />
          <Hints />
          <p className={styles.intro}>
            A mel spectrogram says how loud each band of speech is, but not what the waveform is. WaveGrad and
            InferGrad make one from noise in a few steps. Press Synthesize and compare them, by ear and by
            eye.
          </p>
          <InputMel />
          {sections.map((section) =>
            'Body' in section ? (
              <LazySection key={section.id} {...section} />
            ) : (
              <section.Region key={section.id} />
            ),
          )}
        </main>
      </div>
      <Transport />
      <DropTarget />
    </div>
  )
}
