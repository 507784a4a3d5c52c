import { bootstrap } from './launch/bootstrap.mjs'

await bootstrap('scripts/backup.ts')
