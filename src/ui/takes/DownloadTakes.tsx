/** Downloads all takes as one archive. */
import { Icon } from '../controls/icons.tsx'
import { saveFile } from '../controls/save-file.ts'
import type { WavFormat } from '../controls/wav-formats.ts'
import { useActions } from '../shell/page-context.ts'

export function DownloadTakes({ wavFormat }: { readonly wavFormat: WavFormat }) {
  const { asZip } = useActions().takes
  return (
    <button
      type="button"
      className="button quiet small"
      title="A zip archive with a WAV file of every take and a table of the figures"
      onClick={async () => saveFile(await asZip(wavFormat), 'application/zip')}
    >
      <Icon name="download" />
      Download all
    </button>
  )
}
