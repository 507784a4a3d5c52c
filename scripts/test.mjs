import { bootstrap } from './launch/bootstrap.mjs'

await bootstrap('scripts/test/run.ts')
