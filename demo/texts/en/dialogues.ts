import type { Dialogue } from '../shape.ts'

export const dialogues: readonly Dialogue[] = [
  // ---- plans and services ----
  { topic: 'plans', outcome: 'explained', lines: ['How many gigabytes are there in Open Space?', 'Hello! Open Space has 40 GB and 800 minutes, and what is left goes over to the next month.'] },
  { topic: 'plans', outcome: 'planChanged', lines: [
    'I want something cheaper, I hardly use the internet', 'Hello! I see you use about 2 GB a month. Quiet would do: 5 GB and 300 minutes for 290 roubles. Shall I move you?',
    'Yes please. From what day?', 'Done: the new plan begins tomorrow at midnight, and moving costs nothing.'] },
  { topic: 'plans', outcome: 'serviceOff', lines: [
    'There is some Horoscope subscription that I never asked for!', 'I understand, that is annoying. I have switched it off right now, and 75 roubles come back within the hour.',
    'Are there any others?', 'I have checked: none. I also set a ban, so nothing is switched on without your code.'] },
  { topic: 'plans', outcome: 'serviceOn', lines: [
    'I fly to Turkey on Saturday, how do I keep roaming from eating my money?', 'Hello! There is the Travel bundle: 3 GB for a week for 490 roubles. From Saturday?',
    'Yes, please', 'It is on from Saturday, 00:00. You will get a text. Have a good holiday!'] },
  { topic: 'plans', outcome: 'explained', lines: [
    'Can I bring my number from another operator?', 'Hello! Yes, the number stays yours. You need your passport, and the number must be in your name. It takes 8 days.',
    'Will my phone work meanwhile?', 'It will: the old operator serves you to the last, and the break is half an hour at night at most.'] },
  { topic: 'plans', outcome: 'serviceOn', lines: ['Please add 10 GB until the end of the month', 'Hello! Done: 10 GB for 190 roubles, good until the last day of the month.'] },
  { topic: 'plans', outcome: 'planChanged', lines: [
    'My son starts school, I need a number for a child', 'Congratulations! For children there is Firefly: 5 GB, a list of allowed sites and a place on the parents’ map, 250 roubles a month.',
    'Can the internet be off during lessons?', 'Yes, by timetable: from 8 to 14, say, only calls to you are left.', 'Just what I need, go ahead', 'Done. The SIM card is ready tomorrow in the shop by the underground; the code comes in a text.'] },
  { topic: 'plans', outcome: 'explained', lines: ['Is it true that prices go up in January?', 'Hello! Your Open Space does not change until June: its price was fixed when you joined. We write a month before any change.'] },
  { topic: 'plans', outcome: 'refund', lines: [
    'I was promised 20% off and you took the full price', 'Hello! I see the promise in a note of the 3rd. Let me look into it, one minute.',
    'Waiting', 'The discount was lost, and that is our fault. My colleagues for refunds decide this; I am passing everything on, so you need not explain it again.'],
    then: { kind: 'raise', to: 'claims', note: '20% off was promised and lost. Please return the difference and fix the discount.', more: ['Hello! I have returned 130 roubles and fixed the discount for a year. Sorry for the muddle.'] } },
  { topic: 'plans', outcome: 'lostPayment', lines: ['I changed my plan, and the money for the old one never came back', 'Hello! That is for my colleagues for bills, who see where the money went. I am moving you over and have told them what it is about.'],
    then: { kind: 'transfer', to: 'payments', note: 'Waits since last Tuesday for what is left of the old plan.', more: ['Hello! 212 roubles were credited today at 10:40, your balance shows it already.'] } },

  // ---- network and internet ----
  { topic: 'network', outcome: 'noSignal', lines: [
    'No network for two days, emergency calls only', 'Hello! Which town and street, please? I will see whether there is work nearby.',
    'Mytishchi, Olympic Avenue', 'Found it: the mast by Olympic Avenue gets new equipment, and it should be done today by 18:00. I have credited the two days.'] },
  { topic: 'network', outcome: 'speed', lines: [
    'The internet crawls, videos do not load', 'Hello! You still have data left. Please switch airplane mode on and off, and tell me what a speed test says.',
    '38 megabits now, it was 0.5 before', 'Excellent! The phone had held on to a crowded mast and is on a free one now.'] },
  { topic: 'network', outcome: 'setUp', lines: [
    'New phone, no internet at all', 'Hello! The access point seems to be missing. I have sent the settings by text: save them and restart the phone.',
    'It came, I saved it, it works!', 'Wonderful! You may share the internet, too, at no extra cost.'] },
  { topic: 'network', outcome: 'setUp', lines: ['How do I find out my own number? I put in an old SIM', 'Hello! Dial *201# and call: the number appears on the screen.'] },
  { topic: 'network', outcome: 'noSignal', lines: [
    'At our cottage near Ryazan there is a signal in the attic only', 'Hello! The signal there is weak indeed. I have switched on calls over Wi-Fi: with your home internet the phone works downstairs, too.',
    'Does that cost anything?', 'No, they are the same minutes as ever.'] },
  { topic: 'network', outcome: 'speed', lines: [
    'I pay for 500 megabits at home and get 90', 'Hello! Did you measure it by cable or over Wi-Fi?',
    'By cable, with a new router', 'Then it looks like an old cable in the stairwell. I am passing this to the engineers, who see the port.'],
    then: { kind: 'raise', to: 'experts', note: '90 of 500 Mbit/s by cable, router is new. Looks like two pairs in the cable.', more: [
      'Hello, network engineer here. The port settled on 100 Mbit/s: two of four pairs work. We replace the cable free of charge tomorrow from 10 to 12, is that all right?',
      'Yes, I will be at home', 'Noted. The engineer calls half an hour before.'] } },
  { topic: 'network', outcome: 'noSignal', lines: ['Codes from my bank do not come', 'Hello! I see a ban on short numbers. I have lifted it; ask the bank for another code, please.', 'The code came', 'Excellent! All the best.'] },
  { topic: 'network', outcome: 'noSignal', lines: [
    'The whole house is offline, the router blinks red', 'Hello! I see a fault in your street, and a team left 15 minutes ago. It should be mended by 21:00. Shall I text you when it is?',
    'Yes, please do', 'I will. There is no charge for today.'] },
  { topic: 'network', outcome: 'setUp', lines: ['How do I put an eSIM on a second phone?', 'Hello! That is done by my colleagues who issue SIM cards, I am moving you over.'],
    then: { kind: 'transfer', to: 'orders', note: 'Needs an eSIM on a second phone, same number.', more: ['Hello! I have sent the QR code to the address in your contract. Scan it with the new phone while it is on Wi-Fi.', 'It worked', 'Glad to help! The old card goes off by itself in an hour.'] } },
  { topic: 'network', outcome: 'speed', lines: [
    'In the evening my ping is 200, by day it is fine', 'Hello! Looking at the node… Yes, from 19 to 23 it is at 95%.', 'And what can be done?', 'The engineers can move you to the node next to it. I am passing this on.'],
    then: { kind: 'raise', to: 'experts', note: 'Ping 200 ms in the evening, node at 95%. Please move to the neighbouring one.', more: ['Hello! You are on another node now, the ping should be 20–30 ms. Could you check tonight?', 'I will, thanks', 'If anything is wrong, answer here within a day, and you come straight to us.'] } },

  // ---- bills and payments ----
  { topic: 'payments', outcome: 'charge', lines: ['Why did you take 90 roubles last night?', 'Hello! That is the month of Anti-spam, switched on on the 14th of last month. Shall I switch it off?', 'No, let it be', 'All right, it stays.'] },
  { topic: 'payments', outcome: 'lostPayment', lines: [
    'I paid at a terminal and the money never came', 'Hello! Please tell me the time and the sum on the receipt.', 'At 9:12, 500 roubles', 'Found it: one digit of the number was another one. I have moved it, and the 500 roubles are on your account.'] },
  { topic: 'payments', outcome: 'explained', lines: ['Where are the details of last month?', 'Hello! In your account: Expenses → Details → month. Shall I send them by mail?', 'Please do', 'Sent, they arrive in a couple of minutes.'] },
  { topic: 'payments', outcome: 'refund', lines: [
    'I paid 3000 instead of 300 by mistake, can I have it back?', 'Hello! Yes. The money goes back to the card from which it came. Ready?', 'Yes', 'I have taken the request: 2700 roubles come back within three working days.'] },
  { topic: 'payments', outcome: 'charge', lines: [
    'Why is my balance minus 240? I did pay!', 'Hello! Five days ago your bundle ran out, and data went on at 30 roubles per 100 MB. A text told you on the 19th.',
    'What text, I was driving all day', 'I understand. It is the first time in two years: I return half, 120 roubles, and switch on the automatic bundle, so that it does not happen again.', 'Now that is human', 'Done. Thank you for being with us!'] },
  { topic: 'payments', outcome: 'explained', lines: ['Please give me the promised payment', 'Hello! Done: 300 roubles for five days, the service costs 20.'] },
  { topic: 'payments', outcome: 'refund', lines: [
    'You charged me twice for one month of home internet!', 'Hello! I see both, 650 roubles each. The second is a mistake. My colleagues of the second line return such sums, I am passing this on.'],
    then: { kind: 'raise', to: 'claims', note: 'Charged twice, 650 roubles, home internet; the second is a mistake.', more: ['Hello! I have returned 650 roubles and found the reason: an automatic payment ran together with a manual one. We are sorry.', 'Good that it was quick', 'Thank you for understanding!'] } },
  { topic: 'payments', outcome: 'explained', lines: ['How do I set up automatic payments and forget about it?', 'Hello! In your account open Payments → Automatic, give a threshold, such as 100 roubles, and a card. Shall I take you through?', 'No, found it', 'Wonderful!'] },
  { topic: 'payments', outcome: 'charge', lines: ['What are “other services, 45” on my bill?', 'Hello! Calls to a landline outside the bundle: three minutes on the 12th.', 'Oh, that was me calling the clinic. I see', 'I can switch on unlimited landline calls for 60 roubles a month. Write if you like.'] },

  // ---- orders and SIM cards ----
  { topic: 'orders', outcome: 'order', lines: ['When does my order come? A router, ordered yesterday', 'Hello! The courier comes tomorrow between 10 and 14 and calls an hour before.'] },
  { topic: 'orders', outcome: 'order', lines: [
    'The courier never came, we waited all day!', 'Hello! I am very sorry. Let me see… the courier noted “nobody at home” at 16:05.', 'We were at home, nobody rang', 'I believe you. You are first tomorrow, from 9 to 10, with 300 roubles off for the waiting.', 'All right, we will wait', 'I will see to it myself in the morning that the courier is on the way.'] },
  { topic: 'orders', outcome: 'simReplaced', lines: [
    'I lost my phone with the SIM in it, what now?', 'Hello! First I block the number, so that nobody uses it. Blocked. Any shop gives you a new card by your passport, and the number stays.',
    'And the money on it?', 'It stays: 412 roubles.'] },
  { topic: 'orders', outcome: 'order', lines: ['Can I change the delivery address?', 'Hello! Yes, while the order is in the warehouse. Tell me the new address and a good time.', '5 Lenin Street, flat 12, after six', 'Changed: tomorrow between 18 and 21.'] },
  { topic: 'orders', outcome: 'simReplaced', lines: ['I need a nano SIM, mine is the large one', 'Hello! It is exchanged for free in a shop, with your passport. The nearest is in Proletarskaya Street, open until 21:00.'] },
  { topic: 'orders', outcome: 'refund', lines: [
    'The router came with a broken case', 'Hello! Sorry, that should not happen. Could you send a picture?', 'I took one, there is a crack across the lid', 'From what you say it must be replaced. My colleagues for claims do that; I am passing it on, and you need not repeat anything.'],
    then: { kind: 'raise', to: 'claims', note: 'Router with a crack across the lid, wants another one.', more: ['Hello! We replace it tomorrow: the courier brings a new one and takes this one. Between 12 and 15?', 'Yes', 'Agreed. And a month of its rent is on us.'] } },
  { topic: 'orders', outcome: 'order', lines: ['Which router is right for a flat with three rooms?', 'Hello! For three rooms take the Ray 6 with two points: are your walls of brick or concrete?', 'Brick', 'Then rather the one with two points, 4990 roubles or 190 a month.', 'I will pay by the month', 'Done, the link to the contract is in a text.'] },
  { topic: 'orders', outcome: 'explained', lines: ['Can I get a SIM for my wife without her?', 'Hello! By law the owner signs. But you may sign for it yourself and name her as its user in your account.'] },
  { topic: 'orders', outcome: 'thanks', lines: ['I would like to thank Sergey, your courier, he helped a lot', 'Hello! How nice to read. I will tell Sergey and his manager, thank you!'] },
]
