import { bootstrap } from './launch/bootstrap.mjs'

await bootstrap('scripts/password-link.ts')
