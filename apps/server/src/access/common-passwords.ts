/** Common passwords that are long enough to pass the rule of length, letters and digits only, lower case. */
export const commonPasswords: ReadonlySet<string> = new Set([
  '123456789012345', '1234567890123456', '12345678901234567890', '123123123123123', '012345678901234', '0123456789012345',
  '987654321098765', '9876543210987654', '111222333444555', '123451234512345', '1q2w3e4r5t6y7u8i', '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv', '1qaz2wsx3edc4rfv5tgb', 'qwertyuiopasdfg', 'qwertyuiopasdfgh', 'qwertyuiopasdfghjklzxcvbnm', 'qwertyuiop123456',
  'qwertyuiop1234567890', 'qwerty1234567890', 'qwertyqwertyqwerty', 'asdfghjklzxcvbnm', 'zaqwsxcderfvbgty', 'passwordpassword',
  'password123456789', 'password1234567', 'passwordpassword1', 'mypasswordpassword', 'administrator123', 'administrator1234',
  'administratoradministrator', 'adminadminadmin', 'adminadminadminadmin', 'changemechangeme', 'letmeinletmeinletmein', 'welcomewelcomewelcome',
  'welcometothejungle', 'correcthorsebatterystaple', 'thequickbrownfox', 'iloveyouiloveyou', 'iloveyouforever', 'iloveyousomuch',
  'йцукенгшщзхъфыв', 'йцукенгшщзхъфывапролджэ', 'йцукенйцукенйцукен', 'йцукенгшщзхъ123', 'фывапролджэячсми', 'парольпарольпароль',
  'парольпароль123', 'администратор123', 'администраторадминистратор', 'привет123456789', 'приветприветпривет', 'ялюблютебялюблю',
  'любовьлюбовьлюбовь', 'мамамылараму123', 'мамамыларамумамамылараму', 'abcdefghijklmno', 'abcdefghijklmnop', 'abcdefghijklmnopqrstuvwxyz',
  'abcd1234abcd1234', 'abc123abc123abc123', 'a1b2c3d4e5f6g7h8', 'aaaaabbbbbccccc', 'secretsecretsecret', 'testtesttesttest', 'testtest12345678',
])
