import { bootstrap } from './launch/bootstrap.mjs'

await bootstrap('scripts/doctor.ts')
