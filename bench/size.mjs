// JavaScript that a visitor downloads, gzipped: before the first paint, and in total with both workers.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const gzippedKilobytes = (/** @type {string} */ path) =>
  gzipSync(readFileSync(path), { level: 9 }).length / 1000

/** @returns {{ firstPaintKb: number, allKb: number }} sizes of the build in dist/ */
export function measureSize() {
  const page = readFileSync('dist/index.html', 'utf8')
  const initial = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)]
    .map(([, path]) => `dist/${path}`)
    .filter((path) => !/\/worker-/.test(path)) // The page is painted without its workers.
  const all = readdirSync('dist/assets').filter((name) => /\.m?js$/.test(name))
  const sum = (/** @type {string[]} */ paths) =>
    Math.round(paths.reduce((total, path) => total + gzippedKilobytes(path), 0))
  return { firstPaintKb: sum(initial), allKb: sum(all.map((name) => `dist/assets/${name}`)) }
}
