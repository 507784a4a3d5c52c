import { mkdir } from 'node:fs/promises'
import { layOutImage } from './image/lay-out-image.ts'

// Shows without Docker what would be in the image: node scripts/lay-out-image.ts FOLDER (after `npm run build`).
const [folder] = process.argv.slice(2)
if (folder) {
  await mkdir(folder, { recursive: true })
  console.log(await layOutImage(folder))
} else {
  console.error('Name an empty folder: node scripts/lay-out-image.ts FOLDER')
  process.exitCode = 2
}
