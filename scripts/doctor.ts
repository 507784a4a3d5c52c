import { checkServer } from './doctor/check-server.ts'
import { type Finding, formatFinding } from './doctor/finding.ts'

/** `npm run doctor`: what is wrong with this Stoa, and what to do about it. Exits with 1 when there is a fault. */
const findings: Finding[] = []
for await (const finding of checkServer()) {
  findings.push(finding)
  console.log(formatFinding(finding))
}
const count = (verdict: Finding['verdict']) => findings.filter((each) => each.verdict === verdict).length
console.log(`\n${count('fault')} faults, ${count('warning')} warnings.`)
process.exitCode = count('fault') > 0 ? 1 : 0
