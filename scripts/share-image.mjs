// npm run share-image: photographs the first view of the built page for links to it (public/share.jpg).
import { photograph, untilPainted } from './photograph.mjs'

// The size that link previews are made for.
const options = /** @type {const} */ ({ viewport: { width: 1200, height: 630 }, colorScheme: 'dark' })

await photograph(options, async (page, address) => {
  await page.goto(address)
  await untilPainted(page)
  await page.getByRole('button', { name: 'Copy link' }).waitFor()
  await page.screenshot({ path: 'public/share.jpg', type: 'jpeg', quality: 85 })
})
