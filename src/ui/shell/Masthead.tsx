/** Header of the page: its name, the backend, the link to share, the theme. */
import { useState } from 'react'
import { pageAddress } from '../../store/page-address.ts'
import { Icon } from '../controls/icons.tsx'
import { BackendBadge } from './BackendBadge.tsx'
import styles from './Masthead.module.css'
import { usePageParts } from './page-context.ts'
import { useTheme } from './use-theme.ts'

export function Masthead() {
  const [theme, setTheme] = useTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <header className={styles.masthead}>
      <h1 className={styles.name}>InferGrad in the page</h1>
      <p className={styles.tagline}>
        From a mel spectrogram to speech with two diffusion vocoders, in your browser
      </p>
      <div className={styles.tools}>
        <BackendBadge />
        <CopyLink />
        <button
          type="button"
          className="button quiet icon"
          aria-label={`Switch to the ${other} theme`}
          title={`Switch to the ${other} theme`}
          onClick={() => setTheme(other)}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </button>
      </div>
    </header>
  )
}

function CopyLink() {
  const { store } = usePageParts()
  const [copied, setCopied] = useState(false)
  async function copy(): Promise<void> {
    const address = new URL(pageAddress(store.getState()), location.href)
    try {
      await navigator.clipboard.writeText(address.href)
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      // The address bar shows the same link and needs no permission.
      prompt('The link to this run:', address.href)
    }
  }
  return (
    <>
      <button type="button" className="button quiet small" onClick={() => void copy()}>
        <Icon name="link" />
        {copied ? 'Copied' : 'Copy link'}
      </button>
      <span className="visually-hidden" role="status">
        {copied ? 'The link to this run is on the clipboard.' : ''}
      </span>
    </>
  )
}
