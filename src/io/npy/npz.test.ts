import { expect, test } from 'vitest'
import files from '../fixtures/numpy-files.fixture.json'
import { fixtureBytes } from '../testing/fixture-bytes.ts'
import { problemOf } from '../testing/problem-of.ts'
import { lastDirectoryEntry, withUint32, zipFile } from '../testing/zip-file.ts'
import { chooseArray } from './named-array.ts'
import { writeNpy } from './npy-writer.ts'
import { readNpz } from './npz-reader.ts'

const isMel = (shape: readonly number[]) => shape.length === 2
const read = (bytes: Uint8Array<ArrayBuffer>) => readNpz(bytes, 'mels.npz').map((array) => array.read())
const npy = writeNpy(Float32Array.of(1, 2, 3, 4), [2, 2])

test.each(['stored npz', 'compressed npz'] as const)('reads what NumPy writes: %s', (name) => {
  const arrays = readNpz(fixtureBytes(files[name]), 'mels.npz')
  expect(arrays.map((array) => array.name)).toEqual(['mel', 'f0'])
  const { shape, values, choice } = chooseArray(arrays, isMel)
  expect(shape).toEqual(files[name].shape)
  expect([...values]).toEqual(files[name].values)
  expect(choice).toBe('"mel" of its 2 arrays holds the mel')
})

test('chooses by shape if no name is common, and skips unreadable arrays', () => {
  const bytes = zipFile({
    'mel.npy': fixtureBytes(files.objects),
    'energy.npy': writeNpy(Float32Array.of(1), [1]),
    'target.npy': npy,
  })
  expect(chooseArray(readNpz(bytes, 'mels.npz'), isMel)).toMatchObject({
    shape: [2, 2],
    choice: '"target" of its 3 arrays holds the mel',
  })
})

test('an archive without readable arrays is refused as its first array is', () => {
  const bytes = zipFile({ 'mel.npy': fixtureBytes(files.objects) })
  expect(problemOf(() => chooseArray(readNpz(bytes, 'mels.npz'), isMel))).toMatchObject({
    code: 'npy-object',
    message: expect.stringMatching(/^mels\.npz \(mel\.npy\) holds Python objects/),
  })
})

test('a large entry inflates completely', () => {
  const values = Float32Array.from({ length: 200_000 }, (_, i) => i % 7)
  const [inflated] = read(zipFile({ 'mel.npy': writeNpy(values, [200_000]) }))
  expect(inflated.values.length).toBe(values.length)
  expect(inflated.values.every((value, i) => value === values[i])).toBe(true)
})

const zip = zipFile({ 'mel.npy': npy })
const stored = zipFile({ 'mel.npy': npy }, 0)
const entry = lastDirectoryEntry(zip)
const many = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`${i}.npy`, new Uint8Array()]))

const refused: [what: string, code: string, bytes: Uint8Array<ArrayBuffer>, message: RegExp][] = [
  ['a truncated directory', 'zip-truncated', zip.slice(0, -30), /truncated or damaged zip directory/],
  ['a wrong directory offset', 'zip-truncated', zip.with(zip.length - 6, 1), /zip directory/],
  ['a wrong checksum', 'zip-checksum', stored.with(stored.indexOf(0x93) + 140, 1), /checksum of "mel\.npy"/],
  ['a damaged entry', 'zip-damaged', withUint32(zip, 38, 0xffffffff), /does not inflate to its size/],
  ['an encrypted entry', 'zip-encrypted', zip.with(entry + 8, 1), /is encrypted/],
  ['another compression', 'zip-method', zip.with(entry + 10, 12), /in a way that cannot be read/],
  ['a path to a parent folder', 'zip-path', zipFile({ '../mel.npy': npy }), /outside the archive/],
  ['a path from the root', 'zip-path', zipFile({ '/etc/mel.npy': npy }), /outside the archive/],
  ['a path from a drive', 'zip-path', zipFile({ 'C:mel.npy': npy }), /outside the archive/],
  ['__proto__', 'zip-name', zipFile({ 'a/__proto__.npy': npy }), /unsafe name/],
  ['more than 2,000 entries', 'zip-entries', zipFile(many), /more than 2,000 entries/],
  ['more than 512 MB', 'zip-size', withUint32(zip, entry + 24, 513_000_000), /more than 512 MB/],
  ['a size that deflate cannot reach', 'zip-damaged', withUint32(zip, entry + 24, 400_000_000), /inflate/],
  ['a size that is too small', 'zip-damaged', withUint32(zip, entry + 24, 3), /inflate to its size/],
  ['a spreadsheet', 'npz-office', zipFile({ '[Content_Types].xml': npy }), /document of an office program/],
  ['no array', 'npz-no-array', zipFile({ 'readme.txt': npy }), /without a NumPy array/],
  ['PyTorch weights', 'pickle', fixtureBytes(files.torch), /is a Python pickle/],
]

test.each(refused)('refuses %s: %s', (_, code, bytes, message) => {
  const problem = problemOf(() => read(bytes))
  expect(problem).toMatchObject({ code, file: 'mels.npz', message: expect.stringMatching(message) })
  expect(problem.message).toMatch(/^mels\.npz .*\.$/)
  expect(problem.remedy).toBeTruthy()
})

test('an entry that inflates beyond its stated size is refused without inflating further', () => {
  const bomb = zipFile({ 'mel.npy': new Uint8Array(8_000_000) })
  const lying = withUint32(bomb, lastDirectoryEntry(bomb) + 24, 150_000)
  expect(problemOf(() => read(lying))).toMatchObject({
    code: 'zip-damaged',
    message: expect.stringContaining('does not inflate to its size'),
  })
})
