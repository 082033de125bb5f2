/** Header of the page: its name, its views, the backend, the link to share, the theme. */
import { Icon } from '../controls/icons.tsx'
import { BackendBadge } from './BackendBadge.tsx'
import { CopyLink } from './CopyLink.tsx'
import styles from './Masthead.module.css'
import { useTheme } from './use-theme.ts'
import { ViewNav } from './ViewNav.tsx'
import type { View } from './views.ts'

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
        <BackendBadge view={current.id} />
        <CopyLink view={current.id} />
        <ThemeButton />
      </div>
    </header>
  )
}

function ThemeButton() {
  const { next, choose } = useTheme()
  const { text, icon } = themeActs[next]
  return (
    <button
      type="button"
      className="button quiet icon"
      aria-label={text}
      title={text}
      onClick={() => choose(next)}
    >
      <Icon name={icon} />
    </button>
  )
}
