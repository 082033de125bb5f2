/**
 * Identifies a file by its content, because names can be wrong and a refusal helps only if it knows the format. The
 * name decides if the content is inconclusive, so that a damaged `.npy` gets the messages of an npy file.
 */
import { isAiff } from './aiff/is-aiff.ts'
import { isArk } from './kaldi/is-ark.ts'
import { isTable } from './mel/formats/table-cells.ts'
import { isNpy } from './npy/npy-reader.ts'
import { isPickle, refusePickle } from './npy/pickle.ts'
import { convertWith, refusalsOf } from './refusal.ts'
import { decodeLoosely } from './text.ts'
import { isWav } from './wav/is-wav.ts'
import { isZip } from './zip/is-zip.ts'

/** `other-audio` is left to the browser's decoder. */
export type FileFormat = 'npy' | 'npz' | 'safetensors' | 'json' | 'table' | 'ark' | AudioFormat
export type AudioFormat = 'wav' | 'aiff' | 'other-audio'

export const isAudio = (format: FileFormat): format is AudioFormat =>
  format === 'wav' || format === 'aiff' || format === 'other-audio'

/** The first bytes by which audio is recognised, before the rest of a file is read. */
export const audioHeadBytes = 2 ** 16

/** A line of a mel with many bands is longer; its first numbers tell. */
const textStartBytes = 2048

/** The format of audio by its first bytes; undefined for anything else. Refuses with `audio-not-read`. */
export function identifyAudio(head: Uint8Array<ArrayBuffer>, file: string): AudioFormat | undefined {
  if (isWav(head)) return 'wav'
  if (isAiff(head)) return 'aiff'
  // The length of its header can look like the first bytes of an MP3 frame.
  if (isSafetensors(head)) return undefined
  const start = latin1(head, 0, 16)
  const [, name] = unreadAudio.find(([pattern]) => pattern.test(start)) ?? []
  if (name) refuseAudio(name, file)
  return isOtherAudio(head) ? 'other-audio' : undefined
}

/**
 * Refuses pickles and files that are neither a mel nor audio: `pickle`, `file-empty`, `file-not-mel-or-audio`, and audio
 * of a format that neither this page nor browsers read: `audio-not-read`.
 */
export function identify(bytes: Uint8Array<ArrayBuffer>, file: string): FileFormat {
  // A file is what it holds: a web page or nothing at all may have any name.
  if (bytes.length === 0) refuseEmpty(file)
  const format = formatByContent(bytes, file) ?? (lookalikeOf(bytes) ? undefined : formatByName(file))
  if (format === 'pickle') return refusePickle(file, bytes)
  return format ?? refuseUnknown(bytes, file)
}

function formatByContent(bytes: Uint8Array<ArrayBuffer>, file: string): FileFormat | 'pickle' | undefined {
  if (isNpy(bytes)) return 'npy'
  if (isZip(bytes)) return isTorch(bytes) ? 'pickle' : 'npz'
  if (isPickle(bytes)) return 'pickle'
  if (isSafetensors(bytes)) return 'safetensors'
  if (isArk(bytes)) return 'ark'
  const start = decodeLoosely(bytes.subarray(0, textStartBytes))
  if (/^\s*[[{]/.test(start) && !printedArray.test(start)) return 'json'
  if (isTable(start, /\.(csv|tsv|txt)$/i.test(file))) return 'table'
  return identifyAudio(bytes, file)
}

/** PyTorch archives begin with the pickle that describes the tensors. */
function isTorch(bytes: Uint8Array): boolean {
  return /^[\w.-]+\/data\.pkl/.test(latin1(bytes, 30, 256))
}

function isSafetensors(bytes: Uint8Array): boolean {
  // A header length below 2^32, then the opening brace of the header.
  return bytes[8] === 0x7b && bytes.subarray(4, 8).every((byte) => byte === 0)
}

/** Recognises MP3 (tagged or not), FLAC, Ogg, MP4 and WebM by their first bytes. */
function isOtherAudio(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] >= 0xe0 && bytes[1] !== 0xff && bytes[1] !== 0xfe) return true
  return /^(ID3|fLaC|OggS|....ftyp|.E\xdf\xa3)/s.test(latin1(bytes, 0, 12))
}

/** Audio that is named but not read, by its first characters. */
const unreadAudio: readonly [start: RegExp, name: string][] = [
  [/^caff\0/, 'a CAF file (Apple Core Audio)'],
  [/^riff\.\x91\xcf/, 'a Wave64 file'],
  [/^\.snd/, 'an AU file (Sun audio)'],
  [/^NIST_1A/, 'a SPHERE file'],
  [/^#!AMR/, 'an AMR file'],
  [/^\x30\x26\xb2\x75/, 'a Windows Media file'],
  [/^wvpk/, 'a WavPack file'],
  [/^MAC /, "a Monkey's Audio file"],
  [/^TTA1/, 'a True Audio file'],
  [/^DSD /, 'a DSD file'],
]

function refuseAudio(name: string, file: string): never {
  return refusalsOf(file)('audio-not-read', `is ${name}, which cannot be read here`, {
    accepted: 'WAV, AIFF, MP3, FLAC, Ogg (Vorbis, Opus) or M4A',
    remedy: convertWith(file),
  })
}

const formatsByExtension: ReadonlyMap<string, FileFormat | 'pickle'> = new Map([
  ['npy', 'npy'],
  ['npz', 'npz'],
  ['safetensors', 'safetensors'],
  ['json', 'json'],
  ['wav', 'wav'],
  ['aif', 'aiff'],
  ['aiff', 'aiff'],
  ['aifc', 'aiff'],
  ['pt', 'pickle'],
  ['pth', 'pickle'],
  ['pkl', 'pickle'],
  ['pickle', 'pickle'],
  ...['mp3', 'flac', 'ogg', 'oga', 'opus', 'm4a', 'mp4', 'aac', 'webm'].map(
    (extension) => [extension, 'other-audio'] as const,
  ),
])

function formatByName(file: string): FileFormat | 'pickle' | undefined {
  return formatsByExtension.get(file.slice(file.lastIndexOf('.') + 1).toLowerCase())
}

/** An array as Python prints it: numbers in brackets without commas. */
const printedArray = /^\s*\[+\s*-?[\d.]+(e[+-]?\d+)?\s+-?[\d.]/i

/** The file's name as a literal of Python. */
const literal = (file: string) => `'${file.replace(/[\\'"]/g, '\\$&').replace(/\p{C}/gu, '')}'`

const inPython = (lines: string) => `Extract the array in Python:\n${lines}`

const remedies = {
  html: 'The download link led to a page about the file: look there for the download itself.',
  lfs: 'Only the pointer was downloaded: fetch the file itself with git lfs pull, or with the download button.',
  hdf5: (file: string) =>
    inPython(
      `import h5py, numpy; file = h5py.File(${literal(file)}); print(list(file))\nnumpy.save('mel.npy', file[list(file)[0]][()])`,
    ),
  matlab: (file: string) =>
    inPython(
      `import numpy, scipy.io; file = scipy.io.loadmat(${literal(file)}); print(list(file))\nnumpy.save('mel.npy', file[list(file)[-1]])`,
    ),
  dataFrame: (file: string) =>
    inPython(
      `import numpy, pandas; file = pandas.read_${/\.parquet$/i.test(file) ? 'parquet' : 'feather'}(${literal(file)}); print(file.columns)\nnumpy.save('mel.npy', file.to_numpy(numpy.float32))`,
    ),
  raw: (file: string) =>
    `If it holds nothing but the float32 values of a mel with 80 bands, give them a shape in Python:\nimport numpy; mel = numpy.fromfile(${literal(file)}, numpy.float32).reshape(-1, 80)\nnumpy.save('mel.npy', mel)`,
  archive: 'Unpack it and open the files in it, or pack them as a zip.',
  onnx: 'Models are imported as model.safetensors with config.json, both written by this page or by pretrain/export.py.',
  pdf: 'Open the mel or the recording itself.',
  printed:
    "Python prints only some of the values of an array, and rounds them: save it with numpy.save('mel.npy', mel).",
  image: 'A picture of a mel spectrogram does not contain its values: save the array that it was drawn from.',
  scp: 'Open the .ark file that it names, which holds the matrices.',
  arkText: 'Write it in binary: copy-feats ark:feats.ark ark:binary.ark',
  config: 'Open it together with the mel that it describes, or after it.',
  any: "Save a mel as npy (numpy.save('mel.npy', mel)), or a recording as WAV.",
}

type Remedy = string | ((file: string) => string)

/** Files that people open by mistake, by their first characters, each with a remedy. */
const lookalikes: readonly [start: RegExp, what: string, remedy: Remedy][] = [
  [/^\s*<(!doctype html|html|head)/i, 'is a web page', remedies.html],
  [/^version https:\/\/git-lfs/, 'is a Git LFS pointer, not the file that it points to', remedies.lfs],
  [/^\x89HDF\r\n/, 'is an HDF5 file', remedies.hdf5],
  [/^MATLAB 7\.3/, 'is a MATLAB file', remedies.hdf5],
  [/^MATLAB /, 'is a MATLAB file', remedies.matlab],
  [/^(PAR1|ARROW1)/, 'is a table of Apache Arrow', remedies.dataFrame],
  [
    /^(\W\x8b|7z\xbc\xaf|Rar!|\xfd7zXZ|BZh\d|\x28\xb5\x2f\xfd)/,
    'is an archive of a kind that is not read here',
    remedies.archive,
  ],
  [/^.{257}ustar/s, 'is an archive of a kind that is not read here', remedies.archive],
  [/^%PDF-/, 'is a PDF document', remedies.pdf],
  [printedArray, 'is the printed form of an array', remedies.printed],
  [/^\S+ \S+\.ark:\d+\s/, 'is a Kaldi index (scp), which holds no values itself', remedies.scp],
  [/^\S+ +\[\s/, 'is a Kaldi archive in text', remedies.arkText],
  [/^(\x89PNG|\xff\xd8\xff|GIF8|<svg|<\?xml)/, 'is a picture', remedies.image],
]

/** Files whose content tells nothing, by their names. */
const named: readonly [name: RegExp, what: string, remedy: Remedy][] = [
  [/\.ya?ml$/i, 'is a configuration, not a mel', remedies.config],
  [/\.onnx$/i, 'is a model in ONNX, which cannot be run here', remedies.onnx],
  [/\.(f32|bin|raw|dat)$/i, 'is raw data without a header', remedies.raw],
]

const accepted =
  'a mel (npy, npz, safetensors, JSON, CSV, ark) or audio (WAV, AIFF, or what your browser plays)'

function refuseEmpty(file: string): never {
  return refusalsOf(file)('file-empty', 'is empty', { accepted, remedy: 'Fetch or export it again.' })
}

function lookalikeOf(bytes: Uint8Array): (typeof lookalikes)[number] | undefined {
  const start = latin1(bytes, 0, 512)
  return lookalikes.find(([pattern]) => pattern.test(start))
}

function refuseUnknown(bytes: Uint8Array, file: string): never {
  const refuse = refusalsOf(file)
  // Raw GSM has no header: every 33 bytes begin with the same four bits.
  if (/\.gsm$/i.test(file) && bytes[0] >> 4 === 0xd) refuseAudio('a GSM 06.10 file', file)
  const [, what, remedy] = lookalikeOf(bytes) ?? named.find(([pattern]) => pattern.test(file)) ?? []
  return refuse('file-not-mel-or-audio', what ?? 'is neither a mel nor audio', {
    accepted,
    remedy: typeof remedy === 'function' ? remedy(file) : (remedy ?? remedies.any),
  })
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}
