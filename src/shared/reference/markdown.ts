import { print } from '../document/file.js'
import { svgOf } from '../pictures/svg.js'
import { grouped, type Page, type Row } from './page.js'
import { PAGES, pageOf } from './pages.js'

/** Headings of the index, by kind. */
const KINDS = { layer: 'Layers', block: 'Blocks', template: 'Templates' } as const

/** All files of the reference, by path in its folder: an index, and for each a page, a picture and a net to open. */
export function referenceFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>([['README.md', index()]])
  for (const { name } of PAGES) {
    const page = pageOf(name)!
    files.set(`${name}.md`, markdownOf(page))
    files.set(`pictures/${name}.svg`, svgOf(page.picture))
    if (page.kind !== 'template') files.set(`examples/${name}.json`, print(page.example.document))
  }
  return files
}

function index(): string {
  const parts = Object.entries(KINDS).flatMap(([kind, heading]) => [
    `## ${heading}`,
    PAGES.filter((page) => page.kind === kind)
      .map(({ name, title }) => `- [${title}](${name}.md): ${pageOf(name)!.doc}`)
      .join('\n'),
  ])
  const intro =
    'Every layer, block and template, with its numbers. Written by `npm run docs` from the files that define them.'
  return `${['# Reference', intro, ...parts].join('\n\n')}\n`
}

/** A page as Markdown. */
export function markdownOf(page: Page): string {
  const { title, doc, formula, source, settings, example, keras, pytorch, published, name, kind } = page
  const parts = [
    `# ${title}`,
    doc,
    ...(formula === undefined ? [] : [`\`${formula}\``]),
    `![${page.picture.title}](pictures/${name}.svg)`,
    ...(source === undefined ? [] : [`From ${source}.`]),
    ...(settings.length === 0
      ? []
      : [
          '## Settings',
          table(
            ['name', 'meaning', 'values', 'usual'],
            settings.map((one) => [`\`${one.name}\``, one.doc, one.values, one.usual]),
          ),
        ]),
    kind === 'template' ? '## Numbers' : '## Example',
    ...(kind === 'template' ? [] : [`In [a small net](examples/${name}.json) that Netwright opens and trains:`]),
    table(['', ''], example.numbers),
    ...weights(page),
    ...(published.length === 0 ? [] : ['## Published numbers', publishedTable(page)]),
    ...(keras === undefined ? [] : ['## Keras', code(keras)]),
    ...(pytorch === undefined ? [] : ['## PyTorch', code(pytorch)]),
    ...(kind === 'template' ? ['## On the canvas', code(`netwright new ${name} -o ${name}.json`, 'sh')] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function weights({ example }: Page): string[] {
  if (example.weights.length === 0) return []
  const rows = example.weights.map(([name, shape, count, trained]) => [
    `\`${name}\``,
    shape,
    grouped(count),
    trained ? 'trained' : 'statistic',
  ])
  return [table(['weight', 'shape', 'values', ''], rows)]
}

function publishedTable({ published }: Page): string {
  return table(
    ['form', 'parameters', 'trainable', 'multiply-adds', 'source'],
    published.map((one) => [
      formText(one.at),
      grouped(one.parameters),
      grouped(one.trainable),
      grouped(one.multiplyAdds),
      one.source,
    ]),
  )
}

/** `heads=main, bn_scale=false`, or `as drawn`. */
export function formText(at: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(at).map(([name, value]) => `${name}=${String(value)}`)
  return pairs.length === 0 ? 'as drawn' : pairs.join(', ')
}

function table(head: readonly string[], rows: readonly (Row | readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string, language = 'python'): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}
