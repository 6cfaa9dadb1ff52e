import type { knowledge as ruKnowledge } from '../ru/knowledge.ts'
import type { Texts } from '../shape.ts'

export const knowledge: Texts<typeof ruKnowledge> = {
  title: 'Knowledge', customer: 'Customer', beside: 'What to show beside', open: 'Knowledge: find an article', search: 'Search in articles', placeholder: 'Find an article',
  suggested: 'For the queue “{{queue}}” first', found: 'Found', toList: 'To the list', insert: 'Insert into the reply', insertSelected: 'Insert the selection',
  updated: 'Updated: {{when}}', ours: 'For us: never sent to a customer', allOurs: 'All of it is for us: there is nothing to insert', noReply: 'There is no reply to insert it into right now',
  empty: 'No articles yet', emptyText: 'Ask an administrator to add some: “Settings”, “Articles”.',
  nothing: 'Nothing found', nothingText: 'Try another word, or only its beginning.',
  failed: 'The articles could not be opened', articleFailed: 'The article could not be opened', gone: 'This article is gone', goneText: 'It was archived. Go back to the list.',
  form: {
    title: 'Title', language: 'Language', queues: 'For the queues', allQueues: 'for all', queuesHint: 'In these queues the article comes first. It is found everywhere.',
    body: 'Text', bodyHint: 'An empty line divides paragraphs, “# ” begins a heading, “- ” an item of a list. Addresses of sites become links. What stands under the heading “For us”, up to the next one, is for agents only: it never gets into a reply.',
    preview: 'As an agent sees it', noWords: 'Write the text, and it appears here',
  },
}
