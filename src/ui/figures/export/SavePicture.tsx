/** Saves a picture or a plot as SVG, or as PNG at twice its size. */

import { saveFile } from '../../controls/buttons/save-file.ts'
import { Icon } from '../../controls/icons.tsx'
import { useActions } from '../../shell/page-context.ts'
import styles from './SavePicture.module.css'

const pngScale = 2

type Props = {
  /** Name of the picture; part of the names of the buttons. */
  readonly what: string
  /** Name of the file without its extension. */
  readonly fileName: string
  /** Returns undefined if there is nothing to save. */
  readonly svg: () => string | undefined
}

export function SavePicture({ what, fileName, svg }: Props) {
  const { report } = useActions().problems
  async function save(kind: 'svg' | 'png'): Promise<void> {
    const text = svg()
    if (!text) return
    const blob = new Blob([text], { type: 'image/svg+xml' })
    const bytes = kind === 'svg' ? blob : await pngOf(blob)
    saveFile({ name: `${fileName}.${kind}`, bytes }, bytes.type)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls
    <span role="group" aria-label={`Save ${what}`} className={styles.buttons}>
      <Icon name="download" />
      {(['png', 'svg'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className="text-button"
          aria-label={`Save ${what} as ${kind.toUpperCase()}`}
          onClick={() => void save(kind).catch(report)}
        >
          {kind.toUpperCase()}
        </button>
      ))}
    </span>
  )
}

async function pngOf(svg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(svg)
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = pngScale * image.naturalWidth
    canvas.height = pngScale * image.naturalHeight
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the browser made no PNG'))),
        'image/png',
      ),
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}
