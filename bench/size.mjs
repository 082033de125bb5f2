// JavaScript that a visitor downloads, gzipped: for the first view, and in total with both workers.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const gzippedKilobytes = (/** @type {string} */ path) =>
  gzipSync(readFileSync(path), { level: 9 }).length / 1000

/** @returns {{ firstPaintKb: number, allKb: number }} sizes of the build in dist/ */
export function measureSize() {
  const page = readFileSync('dist/index.html', 'utf8')
  // The page is painted without the links of scripts/preload-plugin.mjs, which are marked as less important.
  const initial = [...page.matchAll(/<(?:script|link)[^>]*?(?:src|href)="\.\/(assets\/[^"]+\.js)"[^>]*>/g)]
    .filter(([tag]) => !tag.includes('fetchpriority="low"'))
    .map(([, path]) => `dist/${path}`)
  const all = readdirSync('dist/assets').filter((name) => /\.m?js$/.test(name))
  const sum = (/** @type {string[]} */ paths) =>
    Math.round(paths.reduce((total, path) => total + gzippedKilobytes(path), 0))
  return { firstPaintKb: sum(initial), allKb: sum(all.map((name) => `dist/assets/${name}`)) }
}
