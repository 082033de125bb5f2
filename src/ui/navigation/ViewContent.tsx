/** One view. A view that was opened before stays as the user left it while another one is shown. */
import { Activity } from 'react'
import { LazyBoundary } from '../shell/LazyBoundary.tsx'
import { HeadedSection } from './HeadedSection.tsx'
import styles from './ViewContent.module.css'
import type { View } from './views.ts'

type Props = { readonly view: View; readonly isCurrent: boolean; readonly isOpened: boolean }

export function ViewContent({ view, isCurrent, isOpened }: Props) {
  if (!isOpened) return null
  return (
    <Activity mode={isCurrent ? 'visible' : 'hidden'}>
      <div className={styles.view}>
        {view.regions.map((region) =>
          'Body' in region ? (
            <HeadedSection key={region.id} {...region} />
          ) : (
            <LazyBoundary key={region.id} meanwhile={<div className={styles.placeholder} />}>
              <region.Region />
            </LazyBoundary>
          ),
        )}
      </div>
    </Activity>
  )
}
