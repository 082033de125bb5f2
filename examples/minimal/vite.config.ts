import { defineConfig } from 'vite'
import { preloadAhead } from '../../scripts/preload-plugin.mjs'
import { shared } from '../../vite.config.ts'

/** The page's own settings, for another page: the workers, their wasm threads and the headers are the same. */
export default defineConfig({
  ...shared,
  plugins: [...shared.plugins, preloadAhead()],
  root: import.meta.dirname,
  publicDir: '../../public',
})
