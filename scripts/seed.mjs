import { bootstrap } from './launch/bootstrap.mjs'

await bootstrap('scripts/seed.ts')
