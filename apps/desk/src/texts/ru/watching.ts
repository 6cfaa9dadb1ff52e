/** Reading along with a colleague’s contact. */
export const watching = {
  by: 'Читает и {{names}}', running: 'Сейчас ведёт {{name}}, только для чтения', runningPlain: 'Идёт сейчас, только для чтения', typing: 'Оператор пишет',
}
