/** Shows which backend the vocoder runs on and why, and how to request another one. Loaded after the first paint. */
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger, Heading } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { writeAddress } from '../../store/address.ts'
import { backendNames } from '../../store/synthesis/settings.ts'
import type { EngineStatus } from '../../store/synthesis/synthesis-state.ts'
import styles from './Masthead.module.css'
import { usePage } from './page-context.ts'

const backendTitles = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' } as const

export default function BackendBadge({ engine }: { readonly engine: EngineStatus }) {
  const { settings, exampleId } = usePage(({ synthesis, source }) => ({
    settings: synthesis.settings,
    exampleId: source.current?.exampleId,
  }))
  const title = {
    starting: 'Starting…',
    failed: 'No backend',
    ready: engine.state === 'ready' ? engine.backend.detail : '',
  }[engine.state]
  return (
    <DialogTrigger>
      <Button className={`button quiet small ${styles.badge}`} data-state={engine.state}>
        <span className={styles.title}>{title}</span>
      </Button>
      <Popover placement="bottom end">
        <Dialog className={styles.details}>
          <Heading slot="title">What this runs on</Heading>
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
                      <dt>{backendTitles[name]} was passed over</dt>
                      <dd>{reason}</dd>
                    </div>
                  ))}
                </dl>
              )}
            </>
          )}
          <p className="soft">Everything runs on this machine. To start the page on another backend:</p>
          <p className={styles.choices}>
            {backendNames.map((backend) => (
              <a key={backend} href={writeAddress({ settings: { ...settings, backend }, exampleId })}>
                {backendTitles[backend]}
              </a>
            ))}
          </p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
