/** Shows the vocoder's backend, why it was chosen, and links that choose another. */
import { useId, useRef, useState } from 'react'
import { writeAddress } from '../../../store/address.ts'
import { backendNames } from '../../../store/synthesis/settings.ts'
import type { EngineState } from '../../../store/synthesis/synthesis-state.ts'
import { addressOf, type ViewId } from '../../navigation/view-id.ts'
import { usePage } from '../page-context.ts'
import styles from './Masthead.module.css'

const backendTitles = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' } as const

/** Returns what the badge says, and the same for a narrow window. */
function badgeTitles(engine: EngineState['engine']): readonly [string, string] {
  switch (engine.state) {
    case 'starting':
      return ['Starting…', 'Starting…']
    case 'failed':
      return ['No backend', 'No backend']
    case 'ready':
      return [engine.backend.detail, backendTitles[engine.backend.name]]
    default:
      return engine satisfies never
  }
}

export function BackendBadge({ view }: { readonly view: ViewId }) {
  const { engine, settings, exampleId } = usePage(({ synthesis, source }) => ({
    engine: synthesis.engine,
    settings: synthesis.settings,
    exampleId: source.current?.exampleId,
  }))
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  /** The lower edge of the badge in the window, in pixels, when the details were opened. */
  const [bottom, setBottom] = useState(0)
  const [title, short] = badgeTitles(engine)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`button quiet small ${styles.badge}`}
        data-state={engine.state}
        aria-haspopup="dialog"
        popoverTarget={id}
      >
        <span className={styles.title}>{title}</span>
        <span className={styles.shortTitle}>{short}</span>
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        className={styles.details}
        style={{ top: bottom }}
        onBeforeToggle={() => setBottom(button.current?.getBoundingClientRect().bottom ?? 0)}
      >
        <h2 id={`${id}-title`}>Backend</h2>
        {engine.state === 'failed' && <p>{engine.reason}</p>}
        {engine.state === 'ready' && (
          <>
            <p>
              {engine.backend.detail}.{engine.backend.software && ' A software adapter: correct, but slow.'}
            </p>
            {engine.backend.skipped.length > 0 && (
              <dl>
                {engine.backend.skipped.map(({ name, reason }) => (
                  <div key={name}>
                    <dt>{backendTitles[name]} was skipped</dt>
                    <dd>{reason}</dd>
                  </div>
                ))}
              </dl>
            )}
          </>
        )}
        <p className="soft">Everything runs on your machine. Open the page on another backend:</p>
        <p className={styles.choices}>
          {backendNames.map((backend) => (
            <a
              key={backend}
              href={writeAddress({ settings: { ...settings, backend }, exampleId }) + addressOf(view)}
            >
              {backendTitles[backend]}
            </a>
          ))}
        </p>
      </div>
    </>
  )
}
