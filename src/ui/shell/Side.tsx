/** The side column: the source, the settings and the main button, as far as they apply to the view. */

import type { SidePanel } from '../navigation/views.ts'
import { SourcePanel } from '../source/SourcePanel.tsx'
import { SettingsPanel } from '../synthesis/SettingsPanel.tsx'
import { SynthesisPanel } from '../synthesis/SynthesisPanel.tsx'
import styles from './Side.module.css'

type Props = { readonly panels: readonly SidePanel[]; readonly className: string }

export default function Side({ panels, className }: Props) {
  return (
    <>
      <div className={`${className} ${styles.choices}`}>
        {panels.includes('source') && <SourcePanel />}
        {panels.includes('settings') && (
          <SettingsPanel hasSteps={panels.includes('steps')} makesTakes={panels.includes('synthesis')} />
        )}
      </div>
      {panels.includes('synthesis') && <SynthesisPanel />}
    </>
  )
}
