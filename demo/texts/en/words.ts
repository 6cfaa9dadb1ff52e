import type { Words } from '../shape.ts'

export const words: Words = {
  company: 'Sputnik Telecom',
  administrator: 'Irene Eagle',
  sites: { saransk: 'Saransk', irkutsk: 'Irkutsk' },
  teams: { saransk1: 'Saransk, team Moksha', saransk2: 'Saransk, team Sura', irkutsk1: 'Irkutsk, team Angara', irkutsk2: 'Irkutsk, team Lena', second: 'Second line' },
  queues: { plans: 'Plans and services', network: 'Network and internet', payments: 'Bills and payments', orders: 'Orders and SIM cards', experts: 'Network engineers', claims: 'Claims and refunds' },
  outcomes: {
    explained: 'Advice given', planChanged: 'Plan changed', serviceOn: 'Service switched on', serviceOff: 'Service switched off', noSignal: 'No signal', speed: 'Internet speed',
    setUp: 'Phone set up', charge: 'Charge explained', refund: 'Money returned', lostPayment: 'Payment found', order: 'Question about an order', simReplaced: 'SIM card replaced', thanks: 'Thanks',
  },
  reasons: { break: 'Break', lunch: 'Lunch', training: 'Training', talk: 'Talk with the supervisor', paperwork: 'Paperwork' },
  channels: { plans: 'Site: plans', network: 'Site: help', payments: 'Account: payments', orders: 'Shop' },
  pages: { plans: 'Plans for home and mobile', network: 'Help: network and internet', payments: 'Payments and details', orders: 'My order' },
  greeting: 'Hello! Tell us what happened, and a person will answer.',
  consent: 'By starting a chat you agree to the processing of your personal data.',
  supervisors: ['Vera Cochrane', 'Arthur Butler'],
  agents: [
    'Anna Bell', 'Glen Falcon', 'Maria Lee', 'Tim Ahmet', 'Oxana Reese', 'Paul Newman', 'Helen Carder', 'Russell Shaw', 'Julia Pike', 'Dennis Wellman',
    'Lana Ingram', 'Arthur Ketch', 'Natalie Seares', 'Elias Devlin', 'Alina Beech', 'Max Rodwell', 'Xenia Lapham', 'Roman Chase', 'Daria Herman', 'Nicholas Payne',
    'Kate Shilling', 'Serge Mitchell', 'Bair Dambayev', 'Tuyana Badmayeva', 'Constance Usher', 'Olga Cheremis', 'Alex Burlak', 'Seseg Tsyrenova', 'Victor Rasmussen', 'Marina Shelley',
    'Eugene Angar', 'Lydia Siber', 'Andrew Telling', 'Pauline Horsh', 'Igor Beast', 'Hope Tugutova', 'Stan Bayley', 'Jeanne Lissick', 'Theodore Slade', 'Aryuna Zham',
    'Tamara Okun', 'Michael Grey', 'Galina Larson', 'Anthony Verne', 'Inna Malcolm', 'Oleg Cooper', 'Zoe Plekhan', 'Leonard Taras', 'Renata Joseph', 'Cyril Ballard',
    'Veronica Smollett', 'Stephen Smith', 'Elvira Garey', 'Daniel Posner', 'Amy Mark', 'Gregory Thomas', 'Tatiana Widow', 'Vlad Cotton', 'Snow Elias', 'Peter Marks',
  ],
  hellos: ['', '', 'Hello! ', 'Good afternoon! ', 'Hi, ', 'Hi there. '],
  thanks: ['Thank you so much!', 'Thanks, you saved me', 'It works now, thank you', 'Great, thanks!', 'Got it, thanks', 'Thanks for the help'],
  toStrangers: [
    'Hello! I have your message and am looking into it.',
    'Could you tell me: is it about your number or about your home internet?',
    'Noted. I will pass it on to my colleagues, and we will come back with an answer. Is there anything else?',
  ],
  farewell: 'If anything else comes up, do write. Have a good day!',
  comments: {
    good: ['Quick and to the point', 'A very polite lady, thanks', 'Solved in two minutes', 'A real person at last, not a robot', 'Everything was explained clearly', 'Well done!', 'I did not expect it so fast', 'Thanks for your patience'],
    bad: ['It was not solved after all', 'I waited a long time', 'Nothing but stock phrases', 'I had to explain it twice'],
  },
  wrapUpNotes: ['The customer is content.', 'Asked to be reminded of the charging date.', 'May come back once the balance is updated.', 'An elderly person: answer at length.'],
}
