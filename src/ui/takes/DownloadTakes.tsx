/** Downloads all takes as one archive. */
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import type { WavFormat } from '../controls/wav-formats.ts'
import { useActions } from '../shell/page-context.ts'

export function DownloadTakes({ wavFormat }: { readonly wavFormat: WavFormat }) {
  const { asZip } = useActions().takes
  return (
    <DownloadButton
      className="button quiet small"
      title="A zip archive with a WAV file of every take and a table of the figures"
      mimeType="application/zip"
      makeFile={() => asZip(wavFormat)}
    >
      Download all
    </DownloadButton>
  )
}
