/** Header of the page: its name, its views, the backend, the link to share, the theme. */
import { IconButton } from '../../controls/buttons/IconButton.tsx'
import { ViewNav } from '../../navigation/ViewNav.tsx'
import type { View } from '../../navigation/views.ts'
import { LazyBoundary } from '../LazyBoundary.tsx'
import { lazyPart } from '../lazy-part.ts'
import styles from './Masthead.module.css'
import { useTheme } from './use-theme.ts'

const Tools = lazyPart(() => import('./Tools.tsx'))

const themeActs = {
  light: { text: 'Switch to the light theme', icon: 'sun' },
  dark: { text: 'Switch to the dark theme', icon: 'moon' },
  system: { text: 'Follow the theme of the system', icon: 'half' },
} as const

export function Masthead({ current }: { readonly current: View }) {
  return (
    <header className={styles.masthead}>
      <h1 className={styles.name}>InferGrad</h1>
      <ViewNav current={current} />
      <div className={styles.tools}>
        <LazyBoundary meanwhile={null}>
          <Tools view={current.id} />
        </LazyBoundary>
        <ThemeButton />
      </div>
    </header>
  )
}

function ThemeButton() {
  const { next, choose } = useTheme()
  const { text, icon } = themeActs[next]
  return <IconButton quiet icon={icon} label={text} title={text} onClick={() => choose(next)} />
}
