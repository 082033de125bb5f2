/** Saves the spectrogram of a take as it is shown: the same axis, time range and colour range. */
import { fileNameOf } from '../../store/file-names.ts'
import type { Take } from '../../store/takes/take.ts'
import { frequencyScale } from '../figures/axes/frequency-scale.ts'
import { SavePicture } from '../figures/export/SavePicture.tsx'
import { spectrogramSvg } from '../figures/export/spectrogram-svg.ts'
import { cellsOf } from '../figures/painting/cells.ts'
import { colourAt } from '../figures/painting/colour-map.ts'
import { paintPicture, type Range } from '../figures/painting/picture.ts'
import { themeColour } from '../figures/painting/theme-colour.ts'
import { useShown } from '../figures/use-zoom.ts'
import { usePageParts } from '../shell/page-context.ts'

type Props = {
  readonly take: Take
  readonly name: string
  readonly axisSeconds: number
  readonly rangeDb: Range
}

const scaleStops = 16

export function SaveSpectrogram({ take, name, axisSeconds, rangeDb }: Props) {
  const { signals, store } = usePageParts()
  const shown = useShown(axisSeconds)
  const source = store.getState().source.current

  function svg(): string | undefined {
    const spectrogram = take.spectrogramId && signals.spectrogram(take.spectrogramId)
    if (!spectrogram) return undefined
    const { frames, bins, highHz, hopSeconds, levelsDb: values } = spectrogram
    const scale = frequencyScale({ kind: 'bins', highHz }, bins, store.getState().view.frequencyAxis)
    const image = paintPicture({ frames, bins, values }, rangeDb, scale)?.toDataURL('image/png')
    if (!image) return undefined
    const { startSeconds, endSeconds } = cellsOf(frames, bins, hopSeconds, 'bins', scale)
    return spectrogramSvg({
      title: source ? `${source.title}: ${name}` : name,
      image,
      imageSeconds: { startSeconds, endSeconds },
      shown,
      ticks: scale.ticks,
      rangeDb,
      scaleColours: Array.from(
        { length: scaleStops },
        (_, index) => `rgb(${colourAt(index / (scaleStops - 1)).join(', ')})`,
      ),
      ink: themeColour('--ink'),
      paper: themeColour('--surface'),
    })
  }

  if (!take.spectrogramId || !source) return null
  return <SavePicture what={`spectrogram of ${name}`} fileName={fileNameOf(source, take)} svg={svg} />
}
