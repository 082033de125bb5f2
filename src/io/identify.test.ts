import { expect, test } from 'vitest'
import aiffFiles from './fixtures/aiff-files.fixture.json'
import numpyFiles from './fixtures/numpy-files.fixture.json'
import wavFiles from './fixtures/wav-files.fixture.json'
import { identify } from './identify.ts'
import { arkFile } from './testing/ark-file.ts'
import { fixtureBytes } from './testing/fixture-bytes.ts'
import { problemOf } from './testing/problem-of.ts'
import { safetensorsFile } from './testing/safetensors-file.ts'
import { zipFile } from './testing/zip-file.ts'

const text = (characters: string) => Uint8Array.from(characters, (character) => character.charCodeAt(0))

test.each([
  ['npy', fixtureBytes(numpyFiles['<f4'])],
  ['npz', fixtureBytes(numpyFiles['stored npz'])],
  ['safetensors', safetensorsFile({})],
  ['json', text('\xef\xbb\xbf \n[[1')],
  ['json', text('{"mel"')],
  ['table', text('-11.5,-4.2\n-3,1\n')],
  ['ark', arkFile({ 'LJ001-0001': [1, 2] })],
  ['wav', fixtureBytes(wavFiles['WAV PCM_16'])],
  ['wav', fixtureBytes(wavFiles['RF64 FLOAT'])],
  ['aiff', fixtureBytes(aiffFiles.PCM_16)],
  ['aiff', fixtureBytes(aiffFiles.ULAW)],
  ['other-audio', text('ID3\x04')],
  ['other-audio', text('\xff\xfb\x90\x00')],
  ['other-audio', text('fLaC')],
  ['other-audio', text('OggS')],
  ['other-audio', text('\0\0\0\x20ftypM4A ')],
])('identifies %s by its content, whatever its name', (format, bytes) => {
  for (const name of ['a', 'a.npy', 'a.pt', 'a.mp3']) expect(identify(bytes, name)).toBe(format)
})

test.each([
  ['mel.npy', 'npy'],
  ['mel.NPZ', 'npz'],
  ['weights.safetensors', 'safetensors'],
  ['a.b.json', 'json'],
  ['a.wav', 'wav'],
  ['a.AIFF', 'aiff'],
  ['a.opus', 'other-audio'],
])('identifies %s by its name if the content is inconclusive', (name, format) => {
  expect(identify(new Uint8Array(1), name)).toBe(format)
  expect(identify(text('hello'), name)).toBe(format)
  // A name does not make a mel of a web page, of the pointer to a file, or of nothing.
  for (const [bytes, code, message] of [
    [text('<!DOCTYPE html>'), 'file-not-mel-or-audio', /web page/],
    [text('version https://git-lfs.github.com/spec/v1'), 'file-not-mel-or-audio', /Git LFS pointer/],
    [new Uint8Array(), 'file-empty', /is empty/],
  ] as const)
    expect(problemOf(() => identify(bytes, name))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
})

test.each([
  ['pickle', 'mel.npy', fixtureBytes(numpyFiles['pickle 4']), /Python pickle/],
  ['pickle', 'mel.npz', fixtureBytes(numpyFiles.torch), /Python pickle/],
  ['pickle', 'mel.pt', text('hello'), /Python pickle/],
  ['pickle', 'mel.pth', new Uint8Array(1), /Python pickle/],
  ['file-empty', 'mel.pt', new Uint8Array(), /is empty/],
  ['pickle', 'mel.pkl', new Uint8Array(3), /Python pickle/],
  ['file-empty', 'mel', new Uint8Array(), /is empty/],
  ['file-not-mel-or-audio', 'notes.txt', text('hello'), /neither a mel nor audio/],
  ['file-not-mel-or-audio', 'mel', text('<!DOCTYPE html>'), /web page/],
  ['file-not-mel-or-audio', 'mel', text('version https://git-lfs.github.com/spec/v1'), /Git LFS pointer/],
  ['file-not-mel-or-audio', 'feats.scp', text('LJ001-0001 dump/raw/feats.1.ark:11\n'), /Kaldi index/],
  ['file-not-mel-or-audio', 'feats.ark', text('LJ001-0001  [\n  -4.2 -3 \n'), /Kaldi archive in text/],
  ['file-not-mel-or-audio', 'mel.h5', text('\x89HDF\r\n\x1a\n'), /HDF5/],
  ['file-not-mel-or-audio', 'mel.mat', text('MATLAB 5.0 MAT-file'), /MATLAB/],
  ['file-not-mel-or-audio', 'mel7.mat', text('MATLAB 7.3 MAT-file'), /MATLAB/],
  ['file-not-mel-or-audio', 'mel.parquet', text('PAR1'), /table of Apache Arrow/],
  ['file-not-mel-or-audio', 'mels.tgz', text('\x1f\x8b\x08'), /archive of a kind/],
  ['file-not-mel-or-audio', 'mels.tar', text(`${'a.npy'.padEnd(257, '\0')}ustar`), /archive of a kind/],
  ['file-not-mel-or-audio', 'paper.pdf', text('%PDF-1.4'), /PDF/],
  ['file-not-mel-or-audio', 'print.txt', text('[[-5.1 -4.2e+00 ... -3.]\n [1. 2.]]'), /printed form/],
  ['file-not-mel-or-audio', 'model.onnx', text('\x08\x07'), /ONNX/],
  ['file-not-mel-or-audio', 'feats.f32', text('\0\0\xb0\xc0'), /raw data without a header/],
  ['file-not-mel-or-audio', 'mel.png', text('\x89PNG\r\n'), /picture/],
  ['file-not-mel-or-audio', 'mel.jpg', text('\xff\xd8\xff\xe0'), /picture/],
] as const)('refuses as %s: %s', (code, name, bytes, message) => {
  const problem = problemOf(() => identify(bytes, name))
  expect(problem).toMatchObject({ code, file: name, message: expect.stringMatching(message) })
  expect(problem.message.startsWith(`${name} is `)).toBe(true)
  expect(problem.remedy).toBeTruthy()
})

test.each([
  ['speech.caf', text('caff\0\x01\0\0desc'), /is a CAF file/],
  ['renamed.wav', text('caff\0\x01\0\0desc'), /is a CAF file/],
  ['speech.w64', text('riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb'), /is a Wave64 file/],
  ['speech.gsm', text('\xd1\x23\x45'), /is a GSM 06.10 file/],
  ['speech.au', text('.snd\0\0\0\x18'), /is an AU file/],
  ['speech.sph', text('NIST_1A\n   1024\n'), /is a SPHERE file/],
  ['speech.amr', text('#!AMR\n'), /is an AMR file/],
  ['speech.wma', text('\x30\x26\xb2\x75\x8e\x66\xcf\x11'), /is a Windows Media file/],
] as const)(
  'names audio that it does not read, with the command that converts it: %s',
  (name, bytes, message) => {
    expect(problemOf(() => identify(bytes, name))).toMatchObject({
      code: 'audio-not-read',
      message: expect.stringMatching(message),
      remedy: `Convert it to WAV: ffmpeg -i ${name} -c:a pcm_s16le out.wav`,
    })
  },
)

test('the lines of Python name the file, and nothing in its name ends their quotes', () => {
  const remedy = (name: string, start: string) => problemOf(() => identify(text(start), name)).remedy
  expect(remedy("it's.h5", '\x89HDF\r\n')).toContain("h5py.File('it\\'s.h5')")
  expect(remedy('new.mat', 'MATLAB 7.3 MAT-file')).toContain("h5py.File('new.mat')")
  expect(remedy('old.mat', 'MATLAB 5.0 MAT-file')).toContain("scipy.io.loadmat('old.mat')")
  expect(remedy('a.feather', 'ARROW1')).toContain("pandas.read_feather('a.feather')")
  expect(remedy('a.bin', '\0\0\xb0\xc0')).toContain("numpy.fromfile('a.bin', numpy.float32)")
})

test('the command quotes what a shell would read as something else', () => {
  const problem = problemOf(() => identify(text('caff\0'), '-y $(id) a.caf'))
  expect(problem.remedy).toBe("Convert it to WAV: ffmpeg -i './-y $(id) a.caf' -c:a pcm_s16le out.wav")
})

test.each([
  [
    'wavegrad-24kHz.pt',
    zipFile({ 'wavegrad-24kHz/data.pkl': text('\x80\x02model upsample.0.block1.0.weight') }, 0),
  ],
  ['weights.ckpt', zipFile({ 'archive/data.pkl': text('\x80\x02model upsample.0.block1.0.weight') }, 0)],
  ['weights-1000.pt', text('\x80\x02\x8a\nmodel upsample.0.block1.0.weight')],
] as const)('names a checkpoint of lmnt’s WaveGrad in each layout of torch.save: %s', (name, bytes) => {
  expect(problemOf(() => identify(bytes, name))).toMatchObject({
    code: 'lmnt-checkpoint',
    file: name,
    remedy: expect.stringContaining(`python3 pretrain/import_lmnt.py ${name} wavegrad-lmnt`),
  })
})
