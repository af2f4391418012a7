// Tables of written forms: contractions, dealers' abbreviations, names of currencies.

export const CONTRACTIONS: Readonly<Record<string, string>> = {
  "can't": 'can not', cannot: 'can not', "won't": 'will not', "shan't": 'shall not', "let's": 'let us', "it's": 'it is',
  "that's": 'that is', "there's": 'there is', "here's": 'here is', "what's": 'what is', "who's": 'who is', "how's": 'how is',
  "where's": 'where is', "he's": 'he is', "she's": 'she is', "i'm": 'i am', "we're": 'we are', "they're": 'they are',
  "ain't": 'is not', "y'all": 'you', gonna: 'going to', wanna: 'want to', gotta: 'have to', "mother's": 'mothers', "year's": 'years', 'gimme': 'give me',
  "who'd": 'who would', "everyone's": 'everyone is', "date's": 'date is', "budget's": 'budget is', "headcount's": 'headcount is', "deadline's": 'deadline is',
};

/** On the canonical line, in order. */
export const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/(\d) p ?\.? ?o(?: ?s)?(?= )/g, '$1 private offices'],
  [/(\d) (?:pos|pvts)(?= )/g, '$1 private offices'],
  [/\b(?:pvt|priv|prvt)(?: \.)? ?(?:offices?|offs?|ofc)(?: \.)?(?= )/g, 'private offices'],
  [/\b(?:wkstns?|wkst(?:ns?)?s?|wrkstns?|wkstations?|ws|wss|workstn?s?)(?: \.)?(?= )/g, 'workstations'],
  [/\b(?:meeting|mtgs?|mg|meet) (?:rms?|rooms?)(?= )(?: \.(?= [,\d]))?/g, (match: string) => (/s\b/.test(match.slice(8)) ? 'meeting rooms' : 'meeting room')],
  [/\b(?:conference|conf|cnf)(?: \.)? (?:rms?|rooms?)(?= )/g, (match: string) => (/s$/.test(match) ? 'conference rooms' : 'conference room')],
  [/\b(?:training|trng) (?:rms?)(?= )/g, 'training room'],
  [/\bbreak ?(?:rms?)(?= )/g, 'breakroom'],
  [/(\d) (?:confs?|conference|conferences)(?: \.)?(?= (?:[,.;/+]|and|$)| $)/g, '$1 conference rooms'],
  [/\bhuddle rms(?= )/g, 'huddle rooms'],
  [/\bhuddle rm(?= )/g, 'huddle room'],
  [/\bexec (?=offices?)/g, 'executive '],
  [/\bn t e(?= )|\bnte(?= )/g, 'not to exceed'],
  [/\bh ?\/ ?c(?= )|\bhc(?= )/g, 'headcount'],
  [/(\d) ?(?:pax|pers|ee s|ees|hds)(?= )/g, '$1 people'],
  [/\bdel(?:iv)? \. /g, 'delivery '],
  [/\binst(?:all)? \. /g, 'install '],
  [/\breq d\b|\breqd\b|\breq \./g, 'required'],
  [/\bmax \. /g, 'max '],
  [/\bmin \. /g, 'min '],
  [/\bqty ?[.:]? ?(?=\d)/g, ''],
  [/(\d) x (?=[a-z])(?!\d)/g, '$1 '],
  [/\beoy\b/g, 'end of year'],
  [/\beom\b/g, 'end of month'],
  [/\beoq\b/g, 'end of quarter'],
  [/\b(?:a ?\/ ?v)(?= )/g, 'av'],
  [/\bh ?q\b/g, 'hq'],
  [/\basap\b/g, ''],
] as unknown as readonly (readonly [RegExp, string])[];

export const CURRENCY_CODES = 'usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|cny|sgd|hkd|mxn|brl|zar|aed|pln';

/** Names of currencies to ISO 4217 codes, on the canonical line. */
export const CURRENCY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:us|u ?\. ?s ?\.|american) (?:dollars?|usd)\b/g, 'usd'],
  [/\bcanadian(?: dollars?)?(?= |$)(?! (?:office|team|company))/g, 'cad'],
  [/\b(?:australian|aussie) dollars?\b/g, 'aud'],
  [/\bnew zealand dollars?\b/g, 'nzd'],
  [/\bsingapore dollars?\b/g, 'sgd'],
  [/\bhong kong dollars?\b/g, 'hkd'],
  [/\b(?:swiss )?francs?\b/g, 'chf'],
  [/\b(?:british pounds?|pounds? sterling|sterling|quid|pounds?)\b/g, 'gbp'],
  [/\beuros?\b/g, 'eur'],
  [/\b(?:dollars?|bucks)\b/g, 'usd'],
  [/\brupees?\b/g, 'inr'],
  [/\b(?:japanese )?yen\b/g, 'jpy'],
  [/\b(?:swedish )?kronor\b/g, 'sek'],
  [/\bdirhams?\b/g, 'aed'],
  [/\bpesos?\b/g, 'mxn'],
  [/\brand(?= |$)(?! new)/g, 'zar'],
  [/\bzloty\b/g, 'pln'],
  [/\busd (?=usd )|\beur (?=eur )|\bgbp (?=gbp )|\bcad (?=cad |usd )/g, ''],
];
