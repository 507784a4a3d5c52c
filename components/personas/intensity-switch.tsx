import { LinkSwitch } from '#components/ui/link-switch.tsx'
import { type Intensity, intensities } from '#lib/chat/types.ts'
import { intensityLabels } from './intensity-labels.ts'

interface IntensitySwitchProps {
  value: Intensity
  /** The persona's own. */
  own: Intensity
  addressOf(intensity: Intensity): string
}

/** At which intensity a persona is shown. */
export function IntensitySwitch({ value, own, addressOf }: IntensitySwitchProps) {
  const options = intensities.map((intensity) => {
    const { label } = intensityLabels[intensity]
    return {
      href: addressOf(intensity),
      label: intensity === own ? `${label}, its own` : label,
      isCurrent: intensity === value,
    }
  })
  return <LinkSwitch label="Intensity" options={options} />
}
