// Names what the last turn wants: one of the intents of the contract.
import type { Intent } from '../../contract/brief.ts';
import {
  APPROVE_FORMS,
  APPROVE_STARTS,
  ASIDE_FORMS,
  COMPARE_FORMS,
  GREETING_FORMS,
  INTRODUCTIONS,
  REJECT_FORMS,
  REQUEST_FORMS,
} from './lexicon-intents.ts';

const anyOf = (forms: readonly string[]): RegExp => new RegExp(`(?<![a-z])(?:${forms.join('|')})(?![a-z])`);
const MORE_REQUEST = anyOf(REQUEST_FORMS);
const MORE_APPROVE = anyOf(APPROVE_FORMS);
const APPROVE_START = new RegExp(`^ ?(?:${APPROVE_STARTS.join('|')})(?![a-z])`);
const MORE_REJECT = anyOf(REJECT_FORMS);
const MORE_COMPARE = anyOf(COMPARE_FORMS);
const ASIDE = anyOf(ASIDE_FORMS);
const INTRODUCED = new RegExp(`(?<![a-z])(?:${INTRODUCTIONS.join('|')})(?![a-z])`, 'g');
const GREETING_PARTS = new RegExp(
  `(?<![a-z])(?:hi|hello|hey|(?:good )?(?:morning|afternoon|evening)|good day|dear|there|again|all|team|everyone|folks|${GREETING_FORMS.join('|')})(?![a-z])`,
  'g',
);

const GREETING =
  /^ ?(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|yo|sup|welcome|g day|nice to (?:meet|e meet) you|how are you(?: doing)?(?: today)?|(?:i |we )?hope (?:you are|you have had|you had|all is|everything is|this finds you|your (?:day|week|weekend|morning) (?:is|was)) (?:all )?(?:doing |having |going |off to )?(?:a )?(?:well|fine|good|great|nice|lovely|wonderful)(?: (?:day|week|weekend|morning|afternoon|start|one))?(?: so far)?|happy [a-z]+day|there|all|team|everyone|folks|again|today|guys|friend|friends|and|to you|dear|sir|madam|it is [a-z]+|this is [a-z]+(?: from [a-z]+)?|[a-z]+ here|what is up|any(?:one|body) (?:there|here|home)|you there|are you there|how is (?:it going|everything|your day)|is any(?:one|body) (?:there|here))[ ,.!?-]*)+$/;
const GREETING_START =
  /^ ?(?:hi|hello|hey|hiya|howdy|greetings|(?:good )?(?:morning|afternoon|evening)|good day|dear|how are you|how is it going|nice to meet)\b/;
const COMPARE =
  /\b(?:option|scenario|version|plan|package|layout|proposal)s? ?\w* .{0,40}\bthan\b.{0,20}\b(?:option|scenario|version|plan|package|layout|proposal|the other)|\bcompar(?:e|ed|ing|ison)s?\b(?! (?:to|with) (?:last|the previous|our old))|\bside by side\b|\b(?:next to|against|alongside) (?:each other|one another)\b|\bstack up\b|\bversus\b|\bvs\b|\bdifferences? (?:between|in|is|are)\b|\bwhat are the differences\b|\b(?:how|what) (?:do|does|is|are) .{0,40}\bdiffer(?:ent)?\b|\bwhich (?:one |of (?:the|these|those) )?(?:scenarios?|options?|3|2|three|two|one|version|plan|package|layout)?.{0,40}\b(?:cheaper|cheapest|better|best|greener|faster|quicker|more expensive|costs? (?:less|more)|less expensive|most|least|[a-z]{3,}est)\b|\bpros and cons\b|\btrade ?offs?\b|\b(?:balanced|conservative|aggressive)\b.{0,40}\b(?:or|against|over)\b.{0,30}\b(?:balanced|conservative|aggressive)\b|\bhow (?:much )?(?:more|less|cheaper) .{0,30}\b(?:than|over)\b.{0,40}\b(?:scenario|option|balanced|conservative|aggressive|one)\b/;
const COMPARE_MAKERS =
  /\b(?:scenarios?|options?|versions?|plans?|packages?|layouts?|proposals?|quotes?|balanced|conservative|aggressive|budgets?|all (?:3|2|three)|3|them|these|those|side by side|good ,? ?better (?:and |, )?best)\b/;
const REQUEST =
  /\b(?:recommend(?:ations?|ed)?|suggest(?:ions?|ed)?|propose|(?:need|want|like|get|see|have|send|send over|ready for|waiting for|waiting on|forward to|share|expect|quick|new|another|updated|revised) (?:a |an |the |your |some |us |me |a new |to |see |get |have ){0,3}(?:first |initial |rough |full |new |revised |updated |quick )?propos(?:al|als)|show (?:me|us)(?! (?:where|how|why|the (?:brief|budget)))|put together|put (?:[a-z]+ ){1,4}together|come up with|draw up|generate|give (?:me|us) (?:some |a few |your |an? |the |3 |2 )?(?:[a-z]+ )?(?:options?|ideas|proposal|layout|recommendations?|suggestions?|quote|starting point|plan|scenarios?)|what (?:do|would|can|should) (?:you|we) (?:recommend|suggest|propose|advise|pick|choose|go with|put|buy|get|use)|(?:what|which) (?:[a-z]+ )?(?:products?|chairs?|desks?|furniture|items?|layout) (?:would|do|should) (?:you|we|work)|what are (?:my|our|the) (?:best )?options|(?:let us|want to|like to|love to|ready to|can i|can we|could i|could we) see (?:some |a few |your |the |what |a )?(?:[a-z]+ )?(?:options?|ideas|recommendations?|suggestions?|proposals?|layouts?|scenarios?|you)|find (?:me|us)|pick (?:something|some|out)|run the (?:numbers|recommendation|recommender|optimi[sz]er)|start the recommendation|make (?:me|us) a (?:proposal|layout|plan)|(?:create|build|prepare|produce|draft|design|work up|do|send (?:me|us|over)|get (?:me|us)) (?:a |an |the |some |your |me |us |up )*(?:[a-z]+ )?(?:proposal|layout|recommendations?|options|scenarios?|quote|package|furniture plan|test ?fit|plan|concepts?)|what have you got|any (?:ideas|suggestions|recommendations))\b/;
const NOT_REQUEST =
  /\b(?:let us|we will|i will|we would like to|happy to) (?:do|take|go with|choose|have|pick) (?:the )?(?:balanced|conservative|aggressive|first|second|third|middle|cheaper|cheapest)\b|\b(?:can|could|would|do|will|need) not (?:really |need to |have to )?(?:recommend|suggest|propose|quote|price|include|offer)\b|(?<!ready for |waiting for |waiting on |forward to |want |need |see |get )\b(?:the|this|that|these|your|those|of the) (?:proposal|recommendations?|suggestions?|layout)\b(?! (?:for|please))|\b(?:was|were|been|is) recommended\b|\bas (?:you )?(?:recommended|suggested|proposed)\b/;
const REJECT =
  /\b(?:not|never) (?:to |be )?(?:go(?:ing)? ahead|proceed(?:ing)?|move forward|approv(?:e|ing)|accept(?:ing)?|sign(?:ing)?|go(?:ing)? with (?:this|that|it|the)|order(?:ing)?|continu(?:e|ing))\b|\b(?:not going to|will not|does not) (?:fly|do it|cut it|happen|be approved)\b|\bnot (?:a )?(?:big |huge )?fans? of (?:the|this|that|these|any|option|scenario|it)|\bdo not think (?:this|that|it|these|the [a-z]+ (?:option|scenario|one)) (?:works?|will work|is|fits?|are)|^ ?(?:no|nope|nah|no thanks|no thank you|not (?:really|quite|this|that|for us|interested|good)|hard (?:no|pass)|absolutely not|no way|definitely not|pass)(?: ?[,.!-]| ?$| this| that| it| we| i)|\b(?:do|does|did) not (?:really )?(?:like|love|work|want (?:this|that|it|these|those)|fit|meet|suit|care for (?:this|that|it|these)|feel right|hit the mark|convince)\b|\bnot (?:what (?:we|i)|happy|satisfied|convinced|acceptable|good enough|right for us|going to work|working for|impressed|a fit|the right|interested|our (?:style|taste|thing)|quite (?:right|there|what)|keen|sold|approved?|approving|thrilled|on board|going (?:ahead|forward) with)|\b(?:reject(?:ed|ing)?|declin(?:e|ed|ing)|turn(?:ing)? (?:it|this|that) down|pass on (?:this|that|it|the)|going to pass|have to pass|we will pass|(?:a|is a|that is a|it is a) (?:hard )?no\b|too (?:expensive|pricey|costly|much money|cheap looking|corporate|dark|bland|boring|high)|over ?priced|hate|terrible|awful|ugly|unacceptable|start over|back to the drawing board|try again|will not work|wrong direction|misses the mark|missed the mark|miss the mark|send it back|can not (?:accept|approve|sign off)|no go|thumbs down|disappointed|disappointing|off the mark|way off|not for us|dislike)\b/;
const APPROVE =
  /\b(?:go for it|in love with|(?:our|my|formal|full|final|official) (?:formal |full |final |official |written )?approval|(?:fine|ok|okay|good) (?:by|with) (?:me|us)|(?:has|have|got|get) (?:my|our|the) (?:blessing|go ahead|approval|sign ?off))\b|\b(?:approved?(?! by)|approving|approval (?:granted|given)|sign(?:ed|ing)? (?:it |this |that )?off|(?:we|i|you) (?:can |will |are )?(?:accept|agree|confirm)|accepted|go ahead|green ?light|move (?:ahead|forward)|(?:please |let us |we can |happy to )proceed|(?:i am|we are) (?:going with|choosing|taking|picking|going for) (?:the |option|scenario|that|this)|(?:i|we) (?:prefer|choose|pick|select|want|like) (?:the )?(?:balanced|conservative|aggressive|second|first|third|middle) (?:scenario|option|one|version)|place the order|order it|book it|ship it|lock (?:it|this|that) in|(?:let us|we will|i will|we are going to|we would like to|happy to) (?:go with|take|choose|pick|select|do) (?:the |this |that |it\b|option|scenario)|go with (?:the )?(?:balanced|conservative|aggressive|option|scenario|first|second|third|this|that)|(?:looks?|sounds?|seems?|(?:everything|it|that|this|which|proposal|plan|option|scenario|layout|one|quote|version|design|package|[a-c1-3]|budget|price|pricing) is|^ ?all|that is|this is|it is) (?:all |really |very |so |just |absolutely )?(?:good|great|perfect|fine|fantastic|excellent|wonderful|awesome|amazing|spot on|right|ok|exactly (?:right|what we))(?! (?:if|but|for \d))|works (?:for (?:us|me)|great|well|perfectly)|love it|love (?:this|the) (?:proposal|layout|option|version|plan|design|one)|i like (?:it|this|that)|we like (?:it|this|that one|the (?:balanced|second|first))|perfect|you have (?:my|our) (?:ok|go ahead|approval|sign ?off)|good to go|thumbs up|do it|yes please|it is a (?:yes|go|deal)|that is a (?:yes|go)|nailed it|happy with (?:it|this|that|the)|sold|deal)\b|^ ?(?:yes|yep|yeah|yup|sure|agreed|absolutely|definitely|great|perfect|excellent|sounds good)(?: ?[,.!]| ?$)/;
const CORRECTING =
  /\b(?:actually|correction|correct(?:ing)?|i meant|we meant|instead|make (?:that|it)|change[ds]?|changing|update[ds]?|revise[ds]?|scratch|scrap|sorry|oops|my mistake|mistake|i misspoke|typo|on second thoughts?|changed (?:my|our) minds?|not \d|amend|rather than|no longer|after all|never ?mind|forget|drop|remove|take out|take off|skip|bump|raise|increase|lower|reduce|cut|should be|should have been|wrong|push|postpone|delay|move|replace|swap|switch|undo|ignore|more|fewer|less|put .{1,30} back|bring .{1,30} back|back in|back on)\b/;
/** A conversation may begin with a change of what was agreed elsewhere. */
const CORRECTS_FIRST =
  /^ ?(?:[a-z]+ (?:[a-z]+ )?[,.!] |thanks? (?:you )?[a-z ]{0,40} ?[,.!] )*(?:please |can you |could you |we (?:want|need|would like) to |i (?:want|need|would like) to |actually ,? ?|correction [:,.-] ?)*(?:change|amend|revise|correct|update|take out|take off|reduce|increase|raise|lower|bump|forget|scratch|remove|drop|cut) (?:the|our|my|that|it|those)\b|\b(?:want|need|require|like) (?:[a-z]+ ){0,6}?any ?more\b|\bno longer (?:need|want|require)|^ ?(?:(?:no|oh|wait|sorry) [,.-]? ?)*(?:actually ,? ?)?(?:make|scratch) (?:that|it)\b/;
const THANKS =
  /^ ?(?:(?:ok|okay|great|perfect|cool|alright|many|no|and|so much|very much|a lot|again|for (?:your|the) (?:help|time|update|info\w*)|got it|noted|understood|thanks?|thank you|thx|cheers|appreciate it|will do|talk (?:soon|later|tomorrow)|speak (?:soon|later)|bye|goodbye|see you|later|soon|you too|have a (?:good|great|nice) [a-z]+|sounds good|i will|we will|get back to you|let me|think about it|check|with|my|boss|team|the|our|be in touch)[ ,.!-]*)+$/;
/** A wish about when, too loose for a date. */
const VAGUE_TIME =
  /^ ?(?:(?:and|so|well|ideally|hopefully|preferably|probably|maybe|we are thinking|we are aiming for|i am thinking|thinking|aiming for|timing ?:?|timeline ?:?|timing wise|target ?:?) ?,? ?)*(?:some ?time|some point|around|by|in|early|late|mid|during|over|next|this|before|after|not before)(?: (?:in|the|next|this|early|late|mid|of|coming|year|following))* (?:spring|summer|autumn|fall|winter|year|quarter|months?|season|holidays)\b/;
const DOMAIN =
  /\b(?:need|needs|needed|want|wants|looking|plan|planning|prefer|would like|budget|office|desk|desks|furniture|space|move|moving|deliver\w*|install\w*|project|timeline|require\w*|rooms?|chairs?|seating|style|colou?rs?|layout|floor|team|staff|employees|people|furnish\w*|refresh\w*|dates?|brands?|preferences?|sustainab\w*|leed|certifi\w+|materials?|finish(?:es)?|lead time|storage|headcount|costs?|figures?|spend|money|price|deadline|asap|by (?:the )?(?:end|early|mid|late|summer|spring|fall|autumn|winter|next))\b/;

export interface TurnFacts {
  /** Canonical lines of the turn joined, and the part that is stated. */
  norm: string;
  live: string;
  question: boolean;
  /** Number of values the turn set or removed, and whether an earlier value was among them. */
  changes: number;
  overwrote: boolean;
  first: boolean;
  amended: boolean;
  /** Something of the brief was stated, even if nothing changed by it. */
  stated: boolean;
}

/** A greeting and who greets, and next to nothing besides. */
function greets(text: string): boolean {
  const starts = GREETING_START.test(text);
  const rest = (starts ? text.replace(INTRODUCED, ' ') : text)
    .replace(GREETING_PARTS, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  if (rest === text.replace(/[^a-z0-9]+/g, ' ').trim()) return false;
  const left = rest === '' ? 0 : rest.split(' ').length;
  return left === 0 || (starts && left <= 3 && !DOMAIN.test(rest));
}

function compares(text: string, question: boolean): boolean {
  const named = new Set(text.match(/\b(?:balanced|conservative|aggressive)\b/g) ?? []);
  if (named.size > 1 && !/\b(?:go with|choose|pick|approve|take)\b/.test(text)) return true;
  if (
    /^ ?(?:and |so |ok )?what (?:are|is) the (?:main |key |real |big )?(?:difference|trade ?off)s?(?: here)? ?[?.]? ?$/.test(
      text.trim(),
    )
  )
    return true;
  if (/\b(?:show|see|give|get|send|want|need|like|have)(?: [a-z]+){0,3} comparison\b/.test(text)) return true;
  if (!COMPARE_MAKERS.test(text)) return false;
  return COMPARE.test(text) || (MORE_COMPARE.test(text) && (question || !MORE_APPROVE.test(text)));
}

/** The intent of a turn. */
export function intentOf(facts: TurnFacts): Intent {
  const { norm, live, changes } = facts;
  if (norm.trim() === '') return 'other';
  const text = ` ${norm.trim().replace(/ {2,}/g, ' ')} `;
  if (changes === 0 && GREETING.test(text.trim()) && GREETING_START.test(text)) return 'greeting';
  if (changes === 0 && compares(text, facts.question)) return 'compare_scenarios';
  const requests = REQUEST.test(text) && !NOT_REQUEST.test(text);
  const rejects = REJECT.test(` ${live.trim()} `) || (changes === 0 && MORE_REJECT.test(` ${live.trim()} `));
  if (changes > 0) {
    if (!facts.first && (facts.overwrote || facts.amended)) return 'correct_requirement';
    if (facts.first && CORRECTS_FIRST.test(text)) return 'correct_requirement';
    if (requests && changes <= 3 && !CORRECTING.test(live)) return 'request_recommendation';
    return 'provide_requirements';
  }
  if (facts.amended && !facts.first) return 'correct_requirement';
  if (!facts.stated && !rejects && greets(text.trim())) return 'greeting';
  return withoutChange(facts, text, requests, rejects);
}

/** The intent of a turn that states nothing new. */
function withoutChange(facts: TurnFacts, text: string, requests: boolean, rejects: boolean): Intent {
  const asksFact =
    facts.question &&
    /^ ?(?:(?:and|so|but|also|hi|ok|well)[ ,]+)*(?:how (?:many|much|long|soon|big|does|do|did|is|are|was|were|has|have|come)|why|when|where|who)\b/.test(
      text,
    );
  if ((requests || MORE_REQUEST.test(text)) && !rejects && !asksFact) return 'request_recommendation';
  if (facts.question && !rejects) return 'ask_question';
  if (rejects) return facts.stated ? 'provide_requirements' : 'reject';
  if (THANKS.test(text)) return /^ ?(?:perfect|great|sounds good)[ ,.!]*$/.test(text) ? 'approve' : 'other';
  if (APPROVE.test(text) || APPROVE_START.test(text) || MORE_APPROVE.test(text)) return 'approve';
  if (GREETING_START.test(text) && text.split(' ').length < 9 && !DOMAIN.test(text)) return 'greeting';
  if (facts.stated) return 'provide_requirements';
  if (VAGUE_TIME.test(text)) return 'provide_requirements';
  if (
    ASIDE.test(text) ||
    /^ ?(?:[a-z]+ [,!.] )?(?:i|we) (?:need|want|could use|would like) (?:some |your |a bit of |a little )?(?:help|assistance|support|advice)[ .!]*$/.test(
      text,
    )
  )
    return 'other';
  const subject = facts.live.replace(/\bout of (?:the )?office\b/g, ' ');
  return DOMAIN.test(subject) && subject.trim() !== '' ? 'provide_requirements' : 'other';
}
