import type { MarkedToken, Token, Tokens } from 'marked'
import { memo, type ReactNode } from 'react'
import { CodeBlock } from './code-block.tsx'
import { decodeEntities } from './decode-entities.ts'
import { Formula } from './formula.tsx'
import { Inline } from './inline.tsx'
import type { MathToken } from './math-extension.ts'

interface BlockProps {
  token: Token
  /** Every `[name]: address` of the text: blocks look their links up in them. */
  linkTargets: string
}

/** One block; drawn again only when its own text or the targets of links changed. */
const Block = memo(
  function Block({ token, linkTargets }: BlockProps) {
    return renderBlock(token as MarkedToken | MathToken, linkTargets)
  },
  (before, after) =>
    before.token.raw === after.token.raw &&
    before.token.type === after.token.type &&
    before.linkTargets === after.linkTargets,
)

/** So many blocks are looked at as one where a text grows. */
const GROUP = 16

/** The blocks of a text that may be long and grow: of those before its end only a few groups are compared, not each block. */
export function GrowingBlocks({ tokens, linkTargets }: { tokens: Token[]; linkTargets: string }) {
  return Array.from({ length: Math.ceil(tokens.length / GROUP) }, (_, index) => (
    <Group
      // biome-ignore lint/suspicious/noArrayIndexKey: as for blocks.
      key={index}
      tokens={tokens.slice(index * GROUP, (index + 1) * GROUP)}
      linkTargets={linkTargets}
    />
  ))
}

const Group = memo(
  Blocks,
  (before, after) =>
    before.tokens.length === after.tokens.length &&
    before.tokens.every((token, index) => token === after.tokens[index]) &&
    before.linkTargets === after.linkTargets,
)

export function Blocks({ tokens, linkTargets }: { tokens: Token[]; linkTargets: string }) {
  return tokens.map((token, index) =>
    token.type === 'space' || token.type === 'def' ? null : (
      // biome-ignore lint/suspicious/noArrayIndexKey: text only grows at its end, so a block keeps its place.
      <Block key={index} token={token} linkTargets={linkTargets} />
    ),
  )
}

function renderBlock(token: MarkedToken | MathToken, linkTargets: string): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return (
        <p>
          <Inline tokens={token.tokens} />
        </p>
      )
    case 'heading':
      return <Heading depth={token.depth} tokens={token.tokens} />
    case 'code':
      return <CodeBlock code={token.text} language={languageOf(token.lang)} />
    case 'math':
      return <Formula tex={token.tex} display={token.display} />
    case 'list':
      return <List list={token} linkTargets={linkTargets} />
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={token.tokens} linkTargets={linkTargets} />
        </blockquote>
      )
    case 'table':
      return <Table table={token} linkTargets={linkTargets} />
    case 'hr':
      return <hr />
    default:
      return <Inline tokens={[token]} />
  }
}

/** What a fence names: its first word, since some models write a file name after it. */
function languageOf(info: string | undefined): string {
  return decodeEntities(info?.trim().split(/\s/)[0] ?? '').slice(0, 40)
}

/** The page's own heading is the first level, so those of an answer begin at the second. */
function Heading({ depth, tokens }: { depth: number; tokens: Token[] }) {
  const Name = (['h2', 'h3', 'h4', 'h5', 'h6'] as const)[Math.min(depth, 5) - 1] ?? 'h6'
  return (
    <Name data-depth={depth}>
      <Inline tokens={tokens} />
    </Name>
  )
}

function List({ list, linkTargets }: { list: Tokens.List; linkTargets: string }) {
  const items = list.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as for blocks.
    <ListItem key={index} item={item} linkTargets={linkTargets} />
  ))
  return list.ordered ? <ol start={list.start === '' ? undefined : list.start}>{items}</ol> : <ul>{items}</ul>
}

const ListItem = memo(
  function ListItem({ item, linkTargets }: { item: Tokens.ListItem; linkTargets: string }) {
    return (
      <li className={item.task ? 'task' : undefined}>
        <Blocks tokens={item.tokens} linkTargets={linkTargets} />
      </li>
    )
  },
  (before, after) =>
    before.item.raw === after.item.raw &&
    before.item.loose === after.item.loose &&
    before.linkTargets === after.linkTargets,
)

/** A head of so many characters stays on one line: the table scrolls rather than break `Month 12`. */
const SHORT_HEAD = 14

function Table({ table, linkTargets }: { table: Tokens.Table; linkTargets: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="table-scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                key={index}
                scope="col"
                align={cell.align ?? undefined}
                data-short={cell.text.length <= SHORT_HEAD ? '' : undefined}
              >
                <Inline tokens={cell.tokens} breaks />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, index) => {
            const text = cells.map((cell) => cell.text).join('\n')
            // biome-ignore lint/suspicious/noArrayIndexKey: as for blocks.
            return <Row key={index} cells={cells} text={text} linkTargets={linkTargets} />
          })}
        </tbody>
      </table>
    </div>
  )
}

const Row = memo(
  function Row({ cells }: { cells: Tokens.TableCell[]; text: string; linkTargets: string }) {
    return (
      <tr>
        {cells.map((cell, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
          <td key={index} align={cell.align ?? undefined}>
            <Inline tokens={cell.tokens} breaks />
          </td>
        ))}
      </tr>
    )
  },
  (before, after) => before.text === after.text && before.linkTargets === after.linkTargets,
)
