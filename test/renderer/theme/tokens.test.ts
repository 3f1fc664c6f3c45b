import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const renderer = resolve(import.meta.dirname, '../../../src/renderer')
const tokens = readFileSync(join(renderer, 'theme/tokens.css'), 'utf8')

/** Colours of a theme by token name; the dark theme changes the light one. */
function colours(selector: string): Record<string, string> {
  const block = tokens.slice(tokens.indexOf(selector), tokens.indexOf('}', tokens.indexOf(selector)))
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]))
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const SURFACES = ['canvas', 'panel', 'raised', 'sunken', 'hover']
const TEXTS: readonly (readonly [text: string, surfaces: readonly string[]])[] = [
  ['text', [...SURFACES, 'accent-soft', 'bad-soft', 'warn-soft', 'good-soft']],
  ['text-2', SURFACES],
  ['text-3', SURFACES],
  ['accent', ['canvas', 'panel', 'raised', 'sunken', 'accent-soft']],
  ['on-accent', ['accent', 'accent-strong']],
  ['good', ['canvas', 'panel', 'raised', 'good-soft']],
  ['warn', ['canvas', 'panel', 'raised', 'warn-soft']],
  ['bad', ['canvas', 'panel', 'raised', 'bad-soft']],
  ['panel', ['text']],
]
const FAMILIES = ['io', 'conv', 'pool', 'norm', 'act', 'merge', 'dense', 'head', 'block'].map((name) => `f-${name}`)

const light = colours(':root')
const themes = { light, dark: { ...light, ...colours("[data-theme='dark']") } }

it('keeps text readable on every surface, and icons and edges visible, in both themes', () => {
  const low: string[] = []
  let cases = 0
  const check = (theme: string, all: Record<string, string>, front: string, back: string, least: number) => {
    cases++
    const value = contrast(all[front] as string, all[back] as string)
    if (!(value >= least)) low.push(`${theme}: ${front} on ${back} ${value.toFixed(2)}, needs ${least}`)
  }
  for (const [theme, all] of Object.entries(themes)) {
    for (const [text, surfaces] of TEXTS) for (const surface of surfaces) check(theme, all, text, surface, 4.5)
    for (const family of FAMILIES) for (const surface of ['raised', 'panel']) check(theme, all, family, surface, 3)
  }
  console.log(`cases=${cases}`)
  expect(low).toEqual([])
})

it('computes contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

it('writes colours, type sizes and weights in tokens.css only', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(css|tsx?)$/.test(file),
  )
  const literal = /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=;|')|rgba?\(|hsla?\(|font-size:\s*\d|font-weight:\s*\d/i
  const found = files.filter(
    (file) => !file.endsWith('tokens.css') && literal.test(readFileSync(join(renderer, file), 'utf8')),
  )
  console.log(`cases=${files.length}`)
  expect(found).toEqual([])
})
