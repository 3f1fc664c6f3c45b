import { FAMILIES, type Template } from '../../../shared/templates/define.js'
import { templates } from '../../../shared/templates/index.js'

export interface FamilyOfTemplates {
  readonly family: string
  readonly templates: readonly Template[]
}

/** The gallery: every template whose title, name or family has all words of the search, under its heading. */
export function searchTemplates(search: string): readonly FamilyOfTemplates[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return FAMILIES.map((family) => ({
    family,
    templates: templates.filter((one) => {
      const text = `${one.title} ${one.name} ${family}`.toLowerCase()
      return one.family === family && wanted.every((word) => text.includes(word))
    }),
  })).filter((group) => group.templates.length > 0)
}
