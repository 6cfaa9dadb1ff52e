import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ArticleText } from './article-text.tsx'
import { splitLinks } from '@otklik/contract/links'
import { plainWords, readArticle } from './article-words.ts'

const shown = (body: string) => renderToStaticMarkup(<ArticleText body={body} />).replace(/^<div class="article-text">|<\/div>$/g, '')

describe('an article', () => {
  it('has headings, lists and paragraphs, and lines that stay lines', () => {
    expect(shown('Первый\nвторой\n\n# Порядок\n- один\n- два\nдальше\r\n\r\nконец')).toBe(
      '<p>Первый<br/>второй</p><h4>Порядок</h4><ul><li>один</li><li>два</li></ul><p>дальше</p><p>конец</p>',
    )
  })

  it('takes a mark for one only at the beginning of a line and before a space', () => {
    expect(shown('#хэштег\n-5 градусов\nа - б')).toBe('<p>#хэштег<br/>-5 градусов<br/>а - б</p>')
  })

  it('opens addresses of the web and no others', () => {
    expect(shown('Смотрите https://example.ru/a?b=1&c=2.')).toBe(
      '<p>Смотрите <a href="https://example.ru/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">https://example.ru/a?b=1&amp;c=2</a>.</p>',
    )
    expect(splitLinks('(http://example.ru)').map(({ text, href }) => href ?? text)).toEqual(['(', 'http://example.ru/', ')'])
    for (const line of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.ru', 'https://', 'https://bank.ru@example.ru/'])
      expect(splitLinks(line), line).toEqual([{ text: line }])
  })

  it('never makes markup of words', () => {
    expect(shown('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>')
  })

  it('loses no word, whatever is written', () => {
    const line = fc.string({ unit: fc.constantFrom('а', ' ', '#', '-', '<', '&', '\n', '\r\n', 'https://example.ru', '.') })
    fc.assert(
      fc.property(line, (body) => {
        const words = readArticle(body).flatMap((block) => (block.kind === 'list' ? block.items : block.lines)).flat().map(({ text }) => text).join('')
        expect(words.replace(/\s/g, '')).toBe(body.split(/\r?\n/).map((each) => each.replace(/^[#-]\s+/, '')).join('').replace(/\s/g, ''))
      }),
      { seed: 20_261_123 },
    )
  })

  it('keeps what is under “For us” to our side, up to the next heading', () => {
    const body = 'Вернём за сутки.\n\n# Для своих\nДо 500 рублей сами\n- больше: вторая линия\n\n# Срок\nДо 30 дней\n\n# for us:\r\nsecret'
    expect(plainWords(body)).toBe('Вернём за сутки.\n\nСрок\nДо 30 дней')
    expect(readArticle(body).map(({ kind, isOurs }) => `${kind}${isOurs ? ' ours' : ''}`)).toEqual([
      'paragraph', 'heading ours', 'paragraph ours', 'list ours', 'heading', 'paragraph', 'heading ours', 'paragraph ours',
    ])
    expect(plainWords('# Для своих\nвсё')).toBe('')
    expect(plainWords('# Для своих клиентов\nскидка')).toBe('Для своих клиентов\nскидка')
    const html = shown(body)
    expect(html.indexOf('До 500 рублей')).toBeGreaterThan(html.indexOf('<aside class="ours"'))
    expect(html.indexOf('До 30 дней')).toBeGreaterThan(html.indexOf('</aside>'))
  })

  it('goes into a reply without its marks', () => {
    expect(plainWords('# Порядок\r\n- один\n- два\n\nконец\n')).toBe('Порядок\n– один\n– два\n\nконец')
  })
})
