/** Reading along with a colleague’s contact. */
export const watching = {
  by: 'Also reading: {{names}}', running: '{{name}} has it now, read only', runningPlain: 'Running now, read only', typing: 'The agent is typing',
}
