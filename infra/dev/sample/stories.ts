export type Story = { demand: string; language: 'ru' | 'ar' | 'es'; technology: string }

/** Three demands in three languages to be shown with their ranked technologies, and the offer that clearly answers each. */
export const stories: readonly Story[] = [
  { demand: 'kz-pasture-wells', language: 'ru', technology: 'water-pv-desal' },
  { demand: 'eg-pv-dust', language: 'ar', technology: 'energy-pv-clean' },
  { demand: 'pe-relave-antiguo', language: 'es', technology: 'mine-tailings-watch' }
]
