'use client'

import { useState } from 'react'
import { type Density, densities, setDensity } from '#components/ui/density.ts'
import { setTheme } from '#components/ui/set-theme.ts'
import { type Theme, themeLabels, themes } from '#lib/chat/theme.ts'
import { ChoiceField } from './choice-field.tsx'
import { ChoiceNote } from './save-note.tsx'
import { useKeptChoice } from './use-kept-choice.ts'
import { useSaving } from './use-saving.ts'

/** Colours, and how close things stand. */
export function AppearanceSettings(initial: { theme: Theme; density: Density }) {
  const [theme, showTheme] = useState(initial.theme)
  const { saving, save } = useSaving()
  const [density, chooseDensity] = useKeptChoice(
    initial.density,
    (chosen) => save({ preferences: { density: chosen } }),
    setDensity,
  )

  function chooseTheme(chosen: Theme) {
    showTheme(chosen)
    setTheme(chosen)
  }

  return (
    <>
      <ChoiceField
        label="Theme"
        hint="In this browser."
        value={theme}
        options={themes.map((value) => ({ value, label: themeLabels[value] }))}
        onChange={chooseTheme}
      />
      <div className="flex flex-col gap-2">
        <ChoiceField
          label="Density"
          value={density}
          hint="How close messages and the list of conversations stand."
          options={densities}
          onChange={chooseDensity}
        />
        <ChoiceNote saving={saving} />
      </div>
    </>
  )
}
