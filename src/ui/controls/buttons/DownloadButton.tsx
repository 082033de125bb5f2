/** A button that saves a file, which is made when it is pressed. */
import type { ComponentProps } from 'react'
import type { DownloadFile } from '../../../store/download-file.ts'
import { Icon } from '../icons.tsx'
import { saveFile } from './save-file.ts'

type MadeFile = DownloadFile | undefined

type Props = Omit<ComponentProps<'button'>, 'type' | 'onClick'> & {
  readonly mimeType: string
  /** Makes the file. It is undefined if it could not be made, which the page has then reported. */
  readonly makeFile: () => MadeFile | Promise<MadeFile>
}

export function DownloadButton({ mimeType, makeFile, className = 'button', children, ...others }: Props) {
  return (
    <button
      {...others}
      type="button"
      className={className}
      onClick={async () => saveFile(await makeFile(), mimeType)}
    >
      <Icon name="download" />
      {children}
    </button>
  )
}
