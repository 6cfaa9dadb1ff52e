/** Reading along with a colleague’s contact. */
export const watching = {
  by: '{{names}}: reading along', running: '{{name}} has it now, read only', runningPlain: 'Running now, read only', typing: 'The agent is typing',
}
