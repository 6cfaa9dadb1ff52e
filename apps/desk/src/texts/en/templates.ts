import type { Texts } from '../shape.ts'
import type { palette as ruPalette, templates as ruTemplates } from '../ru/templates.ts'

export const templates: Texts<typeof ruTemplates> = {
  title: 'Templates', own: 'mine', onlyIn: 'Only in the other language: {{language}}', nothing: 'No such template', loading: 'Templates are being loaded', failed: 'Templates could not be loaded', sentAsIs: 'To send it as it is: Esc, then Enter', takeIn: { ru: 'insert in Russian', en: 'insert in English' }, noneYet: 'There are no templates yet', add: 'Add your own', closesWith: 'closes: “{{name}}”',
  ownTitle: 'My templates', which: 'Which', fresh: 'A new one', ru: 'In Russian', en: 'In English', used: { one: 'You have used it {{count}} time, last: {{when}}', other: 'You have used it {{count}} times, last: {{when}}' }, neverUsed: 'You have not used it yet', uses: { one: '{{count}} time', other: '{{count}} times' },
  wordsNeeded: 'Write it in one language at least',
  variables: 'Filled in by itself: {{list}}', unknownVariables: { one: 'Unknown variable: {{list}}. The customer would see it as it stands', other: 'Unknown variables: {{list}}. The customer would see them as they stand' },
  disposition: 'Close with the outcome', noDisposition: 'Do not close', resolved: 'Solved',
  removed: 'The template is gone', willClose: 'Closes after sending: “{{name}}”', willStay: 'Do not close',
}

export const palette: Texts<typeof ruPalette> = {
  title: 'Find and do', placeholder: 'Contact, customer, command, template, page', hint: '↑ ↓ and Enter', command: 'command', contact: 'contact', template: 'template',
  page: 'page', customer: 'customer', article: 'article', on: 'on', off: 'off',
  also: {
    theme: 'theme mode night', ru: 'русский russian', en: 'английский english', signOut: 'log out leave', pause: 'break pause lunch not ready',
    available: 'available ready go online', notifications: 'notifications', sound: 'sound volume', wall: 'wall board dashboard', floor: 'monitoring wallboard agents',
    snooze: 'snooze later remind postpone', transfer: 'hand over forward', end: 'close finish', templates: 'templates canned replies', create: 'create add new', help: 'shortcuts hotkeys',
  },
}
