import type * as z from 'zod/mini'

/** What a value must be, from the first thing that a schema found wrong: `Choose 1 or more.` */
export function needOf(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'too_small':
      return issue.inclusive === false ? `Choose more than ${issue.minimum}.` : `Choose ${issue.minimum} or more.`
    case 'too_big':
      return issue.inclusive === false ? `Choose less than ${issue.maximum}.` : `Choose ${issue.maximum} or less.`
    case 'invalid_value':
      return `Choose one of ${issue.values.map(String).join(', ')}.`
    case 'invalid_type':
      return `Give ${issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`}.`
    case 'unrecognized_keys':
      return `Leave out ${issue.keys.join(', ')}.`
    default:
      return 'Choose another value.'
  }
}
