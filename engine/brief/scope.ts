// Decides what of a sentence is the writer's own statement. Questions, what-ifs, and talk about other companies,
// other years and furniture that is already there are cut away; a polite "could you change it to 140?" stays.

import { ASK_STARTS } from './lexicon-intents.ts';

const ASKED_FOR = new RegExp(
  `^ ?(?:(?:and|but|so|also|oh|hi|hey|hello|thanks|ok|well|please|now|then|sorry|hmm|btw)[ ,:!.-]+){0,3}(?:${ASK_STARTS.join('|')})(?![a-z])`,
);
const SUBJECT =
  '(?:you|we|i|they|it|he|she|there|that|this|these|those|the|your|our|my|any|anyone|someone|a|an|\\d+|all|everything|one|most|sustainable|[a-z]+ (?:cost|chairs|desks|furniture))';
const INVERTED = `(?:do|does|did|is|are|was|were|can|could|would|will|should|may|might|am) (?:not )?${SUBJECT}\\b|(?<!please )(?:has|have) (?:not )?(?:you|we|i|they|it|he|she|there|anyone|someone|any|your|the [a-z]+ (?:been|got|ever)|our [a-z]+ (?:been|got))\\b`;
const WH = `(?:what|how|which|who|whose|where|when|why)(?: (?:[a-z]+ ){0,3})?(?: ?(?:do|does|did|is|are|was|can|could|would|will|should|may|has|have|kind|sort|many|much|long|soon|about|else|if|colou?rs?|sizes?|options?|certifications?|brands?|models?))\\b`;
const QUESTION_START = new RegExp(
  `^ ?(?:(?:and|but|so|also|oh|hi|hey|hello|thanks|ok|well|please|now|then|quick question|question|one question|btw|by the way)[ ,:!-]+){0,3}(?:${INVERTED}|${WH}|any chance|any idea|anyone)`,
);
const WH_STATEMENT =
  /^ ?(?:(?:and|but|so) )?(?:what (?:we|i|they|our [a-z]+) (?:really |actually |mostly )?(?:need|needs|want|wants|have|has|are|would like|like|care|know)|when (?:we|the|you|it|they)|where (?:we|the)|how (?:we|i) (?:see|picture)|which (?:means|is))\b/;
const TAIL_QUESTION = new RegExp(
  ` [,;-] (?:(?:and|but|so|also|or) )?(?:${INVERTED}|${WH}) .*$| (?:and|but|so) (?:${WH}|(?:do|does|can|could|would|will|is|are) (?:you|it|that|this|they|there|we|i)\\b) .*$`,
);
const TAG =
  /(?: ,)? (?:right|ok|okay|yes|please|correct|no|yeah|does that make sense|if that makes sense|is that ok|is that okay|is that alright|are not we|is not it|got it|sound good|does that work) \?\s*$/;

const CHANGE_VERB =
  'make|change|update|set|add|remove|drop|scratch|delete|bump|raise|increase|lower|reduce|cut|decrease|swap|switch|replace|move|push|delay|postpone|bring|pull|put|include|exclude|take|leave|keep|note|plan|use|adjust|revise|correct|amend|double|halve|skip|lose|go(?! over| through| into)|shift|record|count|throw|strike|limit|cap|do without|specify|design|provide|have|give us|get us|deliver|install|trim|shave|slash|boost|grow|extend|expand|shrink|rework|tweak|edit|fix|mark|enter|bring|exchange|trade|round|upgrade|downgrade|combine|split|turn|convert|assume|treat|ignore|disregard|forget|undo';
const POLITE = new RegExp(
  `^( ?(?:(?:and|but|so|also|actually|oh|hi|hey|hello|sorry|ok|thanks|great|then|now|wait|please|hmm|yes|no)[ ,!.-]+){0,3})(?:(?:can|could|would|will) (?:you|u)|would you mind|can (?:we|i) please|could (?:we|i) please|may i ask you to|may we ask you to)((?: please| just| also| maybe| kindly| possibly| perhaps| instead| then)*) ((?:${CHANGE_VERB})(?:ing)?\\b)`,
);

/** "Could we push that back a week?" asks for the change; "can we make it cheaper?" asks about it. */
const POLITE_WE =
  /^( ?(?:(?:and|but|so|also|actually|oh|hi|hey|hello|sorry|ok|thanks|great|then|now|wait|please|hmm|yes|no)[ ,!.-]+){0,3}(?:(?:following|further|as|after|since|given|having|looking|per|regarding|with|on|upon) (?:[a-z]+ ){1,8}, )?)(?:can|could|might|may|shall|should) we()(?: please| just| also| maybe| kindly| possibly| perhaps| instead| then)* ((?:make|change|update|bump|raise|increase|lower|reduce|cut|swap|switch|replace|move|push|bring|pull|delay|postpone|shift|drop|remove|scratch|delete|take out|set|revise|double|halve|put) (?:it|that|this|them|those|the|our|delivery|installation|everything|all)\b(?!.*(?:%|\busd|\beur|\bgbp|cheaper|less expensive))(?=.*(?:\d|\ba (?:day|week|fortnight|month)|\bhalf\b| instead|\b(?:for|with|back in|off|out)\b)|(?: [a-z]+){1,3} ?\?))/;

const HYPOTHESIS =
  /\b(?:what if|what about if|suppose|supposing|(?<!not (?:[a-z]+ )?)imagine|hypothetically|assuming|let us say|say (?:we|that|i|it)\b|in case|wondering|wonder|curious|see (?:if|whether)|know (?:if|whether|what|how|which)|check (?:if|whether)|ask(?:ing)? (?:if|whether)|not (?:yet )?(?:sure|certain|decided|clear)(?: yet)?|undecided|unsure|unclear|no idea|debating|toying with|considering|thinking about whether|still (?:deciding|discussing|debating|thinking)|might (?!as well)|may or may not|tell me (?:if|whether|what|how|which)|in theory|theoretically|were we to|had we)\b/;
const SOFT_IF =
  /\bif (?:at all )?(?:(?:the )?lead times?|possible|feasible|you can|we can|you could|needed|necessary|available|not|so|anything|any|i may|you do not mind|budget allows|the budget allows|it is not too much|that works|that is ok|that is okay|that is possible|it fits|there is (?:room|space|budget)|you please|you would|and when|only)\b/g;

/** Someone else's figures, the past, what is there already, or an errand that is not the brief. */
const ELSEWHERE =
  /\b(?:competitors?|next door|neighbou?rs?|neighbou?ring|(?:an)?other (?:client|company|office|firm|customer|building|team)s?|(?:our |the )?other (?:locations?|branch(?:es)?|sites?|offices)|\d+ other (?:locations?|branch(?:es)?|sites?|offices)|parent company|sister company|last (?:year|years|time|project|place|quarter|month)|previous(?:ly)?|prior (?:office|project|space)|our old|old (?:office|space|place|building|layout)|former|used to (?:have|be|sit|work|own)|in the past|back in (?:19|20)|founded|back then|(?:started|began) (?:out |off )?(?:with|as|in (?:19|20))|established in|since (?:19|20)\d\d|historically|revenue|turnover|industry (?:average|standard|norm)|on average|for comparison|for (?:your )?reference only|years? ago|had (?:a|an|about|\d+|[a-z]+ ?(?:desks|chairs))|(?:was|were) (?:\d|usd|gbp|eur)|(?:it|that|date|budget|number|headcount) (?:was|had been)(?! (?:wrong|a (?:typo|mistake)|off|incorrect|out ?dated|old))|(?:was|were) (?:originally|previously|initially|formerly)|originally|as a company we have|(?:company|group|firm)[ -]?wide|worldwide|globally|nationwide|across (?:the (?:country|world|group)|all (?:our )?(?:locations|sites))|the (?:landlord|building|developer|base build|contractor|builder) (?:(?:is|are|will be|has been) (?:doing|providing|supplying|handling|covering|installing|taking care|furnishing)|(?:will )?(?:does|provides?|suppl(?:y|ies)|handles?|covers?|installs?|furnish(?:es)?)))\b/;
const EXISTING =
  /\b(?:(?:currently|already|presently|right now we|at the moment we|today we) (?:have|has|own|owns|use|uses|got|sit|run)|(?:currently|today|right now|at the moment|at present|these days) ,? ?(?:(?:we|they|i|the (?:team|client|office|company)) (?:only )?(?:have|has|own|owns|use|uses|got|run|are using|is using|work with)|there (?:are|is))|(?:we|they|the (?:team|client|office|company)) (?:only )?(?:have|has|own|owns|use|uses|got) (?:only |just |about )?\d+ [^,;.]{0,40}\b(?:today|currently|right now|at the moment|at present|these days|so far)|(?:existing|current) (?:desks?|chairs?|furniture|workstations?|tables?|lockers?|offices?|lounge|space|office|seating|phone booths?|meeting rooms?|set ?up|layout|ones?)|years? old|we (?:have|own) (?:a lot of|lots of|plenty of|enough|old|some old) |hand me down|(?:stays?|remains?|staying|remaining|left|leave it|keep it) (?:exactly )?(?:as is|as it is|as they are|the same|put|unchanged|where)|(?:is|are) (?:fine|good|ok) as (?:is|it is|they are)|untouched|not changing|already (?:done|taken care of|covered|sorted|handled|in place|furnished|finished|built|there|exists?|bought|ordered|purchased|installed)|(?:is|are) (?:taken care of|handled by|covered by|provided by|supplied by))\b/;
const PEOPLE = /\b\d+ (?:[a-z]+ ){0,2}(?:people|employees|staff|of us|team members|folks)\b/;
const CLAUSE_BREAK =
  /( ; | - | : | but | and (?=now (?:we|it|there)\b|(?:(?:now|then|will|would|really|only) )?(?:need|needs|want|wants|require|are (?:moving|going|growing|planning|looking|relocating|expanding)|am (?:moving|looking)|will (?:need|have|be)|would like|plan|plans|the new|this (?:one|time|office)|here we)\b)| , (?=\d+ of (?:whom|them|those)\b)| while | whereas | however | though | although | yet | , (?=(?:so|and|but|this|these|here|for this|for us|for the new|our new|the new|the (?:landlord|building|developer|builder)|we|i|they|now|the branch|the site|the team|in the new|in this|instead|only|is now|are now|now at|has (?:since )?(?:gone|changed|been|grown)) ))/;

export interface Scoped {
  /** What is stated, on the canonical line; empty when nothing is. */
  live: string;
  /** True when the sentence, or its tail, asks something. */
  question: boolean;
}

function withoutHypothesis(norm: string): { live: string; cut: boolean } {
  const softened = norm.replace(SOFT_IF, (text) => text.replace(/^if/, 'provided'));
  const at = softened.search(HYPOTHESIS);
  const ifAt = softened.search(/\b(?:if|whether|unless)\b/);
  const first = [at, ifAt].filter((i) => i >= 0).sort((a, b) => a - b)[0];
  if (first === undefined) return { live: softened, cut: false };
  const head = softened.slice(0, first);
  if (
    ifAt === first &&
    /\b(?:could (?:do|go|take|use|fit|have|live|add|accept)|would (?:go|do|take|be|work|add|increase|consider|need))\b/.test(
      head,
    ) &&
    !/ [,;] /.test(head)
  )
    return { live: ' ', cut: true };
  const resumed = /(?: but | ; | , but | - but )(.*)$/.exec(softened.slice(first))?.[1];
  const kept = resumed && !/\b(?:if|whether|what if|suppose)\b/.test(resumed) ? ` ; ${resumed}` : '';
  const bare =
    head
      .replace(
        /\b(?:we|i|are|am|was|were|is|it|just|still|also|and|so|let|me|us|you|please|just|to|would|like|do|not|really|that|,|quite|a|bit)\b|[,.]/g,
        ' ',
      )
      .trim() === '';
  return { live: `${bare ? ' ' : head}${kept} `, cut: true };
}

function withoutElsewhere(norm: string): string {
  const parts = norm.split(CLAUSE_BREAK);
  let out = '';
  for (let i = 0; i < parts.length; i += 2) {
    const clause = parts[i] ?? '';
    const glue = i > 0 ? (parts[i - 1] ?? '') : '';
    const foreign = ELSEWHERE.test(clause) || (EXISTING.test(clause) && !PEOPLE.test(clause));
    out += foreign ? `${glue}~` : `${glue}${clause}`;
  }
  return /^[ ~:;-]*$/.test(out) ? ' ' : `${out} `;
}

/** "Tell me about the booths, and we need 40 desks": what is stated behind a question without a question mark. */
function stillStated(text: string): string {
  const m =
    /(?:[,;-]|\band|\bbut)+ ((?:we|i|our|the client|they) (?:also |will |do |really |definitely )*(?:need|want|require|have|would like|prefer|are|is)\b.*)$/.exec(
      text,
    );
  return m?.[1] === undefined ? ' ' : withoutElsewhere(withoutHypothesis(` ${m[1]}`).live);
}

/** What is stated in a sentence; `asks` says that it ended in a question mark. */
export function scopeSentence(norm: string, asks: boolean): Scoped {
  let text = norm;
  const polite = POLITE.exec(text) ?? (asks ? POLITE_WE.exec(text) : null);
  if (polite) {
    const rest = text.slice(polite[0].length).replace(/\? ?$/, '.');
    const verb = (polite[3] ?? '')
      .replace(
        /^(mak|chang|updat|remov|rais|increas|reduc|decreas|replac|mov|delet|includ|exclud|tak|leav|us|adjust|revis|halv|los|delay|postpon|tak|not)ing$/,
        '$1e',
      )
      .replace(/(?<=..)ing$/, (end, at: number) => (at > 2 ? '' : end));
    text = `${polite[1] ?? ' '} ${verb}${rest}`.replace(/ {2,}/g, ' ');
    const { live } = withoutHypothesis(text);
    return { live: withoutElsewhere(live), question: false };
  }
  if (asks && TAG.test(text)) {
    const stated = text.replace(TAG, ' . ');
    if (!QUESTION_START.test(stated)) {
      text = stated;
      asks = false;
    }
  }
  const starts = QUESTION_START.test(text) && !WH_STATEMENT.test(text);
  if (starts) return { live: ' ', question: true };
  if (ASKED_FOR.test(text)) return { live: stillStated(text), question: true };
  const tail = TAIL_QUESTION.exec(text);
  if (
    tail &&
    (asks ||
      /\b(?:how much|how many|how long|do you|can you|could you|is it|is that|what is|what are|are there|is there)\b/.test(
        tail[0],
      )) &&
    !WH_STATEMENT.test(tail[0].replace(/^ [,;-]/, ''))
  ) {
    const { live } = withoutHypothesis(`${text.slice(0, tail.index)} . `);
    return { live: withoutElsewhere(live), question: true };
  }
  if (asks) {
    // "It's open plan, and we're thinking ninety desks?": only the last clause is in doubt.
    const last = Math.max(
      ...[' , and ', ' , but ', ' , so ', ' ; ', ' - '].map((glue) => text.lastIndexOf(glue)),
    );
    return last > 0
      ? { live: withoutElsewhere(withoutHypothesis(`${text.slice(0, last)} . `).live), question: true }
      : { live: ' ', question: true };
  }
  const { live, cut } = withoutHypothesis(text);
  return {
    live: withoutElsewhere(live),
    question:
      cut &&
      /\b(?:what if|what about|wonder|wondering|curious|know (?:if|whether|what|how|which)|suppose|see if|tell me)\b/.test(
        text,
      ),
  };
}

const YES =
  /^ ?(?:yes|yep|yeah|yup|definitely|absolutely|for sure|of course|sure|certainly|please|a must|100 %|totally|we do|essential)\b/;
const NO =
  /^ ?(?:we will pass|(?:hard )?pass|we can skip|skip (?:it|them|those|that)|no|nope|nah|not really|definitely not|absolutely not|not needed|not necessary|not for us|negative|none|never|we do not|no thanks|no need|not this time)\b/;

/** "Lockers? No." — the answer to one's own short question, or null. */
export function ownAnswer(question: string, next: string | undefined): 'yes' | 'no' | null {
  if (next === undefined || question.split(' ').length > 12) return null;
  if (/^ ?(?:how|what|which|who|when|where|why|can you|could you)\b/.test(question)) return null;
  if (NO.test(next)) return 'no';
  if (YES.test(next)) return 'yes';
  return null;
}
